// What somebody typed and has not saved yet, kept in this browser: by person, article and opening of the form. Nobody but
// that person is offered it; it goes when it is saved, when they sign out, and in any case after three days.

const prefix = "desk-unsaved:"
const left = "desk-left:"
const longest = 3 * 24 * 60 * 60 * 1000

// A browser may forbid all keeping; then nothing is kept, and the rest of the form works.
const store = (() => {
  try {
    return window.localStorage
  } catch {
    return null
  }
})()

const opened = Date.now()
const keyOf = (person, article, ticket) => `${prefix}${person}:${article}:${ticket}`

const read = (key) => {
  try {
    const value = JSON.parse(store.getItem(key))
    return value && Array.isArray(value.entries) && Number.isFinite(value.at) ? value : null
  } catch {
    return null
  }
}

const keys = () => (store ? Object.keys(store).filter((key) => key.startsWith(prefix)) : [])

export const forget = (person, article, ticket) => store?.removeItem(keyOf(person, article, ticket))

// Those of one person and article, newest first.
export const kept = (person, article) =>
  keys()
    .filter((key) => key.startsWith(`${prefix}${person}:${article}:`))
    .map((key) => ({ ...read(key), ticket: key.split(":").at(-1) }))
    .sort((one, other) => other.at - one.at)

// Whether it is kept. A full store makes room by what is oldest; after a sign-out nothing is kept any more.
export const keep = (person, article, ticket, entries) => {
  if (!store || Number(store.getItem(left + person)) > opened) return false
  const own = keyOf(person, article, ticket)
  const value = JSON.stringify({ at: Date.now(), entries })
  const others = keys()
    .filter((key) => key !== own)
    .sort((one, other) => (read(one)?.at ?? 0) - (read(other)?.at ?? 0))
  for (;;) {
    try {
      store.setItem(own, value)
      return true
    } catch {
      if (!others.length) return false
      store.removeItem(others.shift())
    }
  }
}

for (const key of keys()) {
  const value = read(key)
  if (!value || Math.abs(Date.now() - value.at) > longest) store.removeItem(key)
}

// The server names the form that it has saved.
const saved = document.cookie.match(/(?:^|; )desk_saved=([\w-]+)/)?.[1]
if (saved) {
  for (const key of keys()) if (key.endsWith(`:${saved}`)) store.removeItem(key)
  document.cookie = "desk_saved=; path=/desk/; max-age=0"
}

const leaving = document.getElementById("logout-form")
leaving?.addEventListener("submit", () => {
  const { person } = leaving.dataset
  for (const key of keys()) if (key.startsWith(`${prefix}${person}:`)) store.removeItem(key)
  try {
    store?.setItem(left + person, String(Date.now()))
  } catch {
    // Full of other things: a tab that stays open may keep what is typed there.
  }
})
