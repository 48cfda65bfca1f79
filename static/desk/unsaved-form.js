// The article form: what is typed is kept in this browser until it is saved, and offered back when it was not. Nothing is
// sent into a network that is not there.

import { forget, keep, kept } from "./unsaved.js"; // the semicolon is what HashedAssets looks for

const form = document.getElementById("article-form")
const words = JSON.parse(document.getElementById("desk-words").textContent)
const word = (text) => words[text] || text
const { person, article, reached } = form.dataset
const ticket = form.querySelector("[name=ticket]").value
const state = form.querySelector(".form-bar-state")
const ofTheForm = new Set(["csrfmiddlewaretoken", "writer", "ticket", "seen_stage", "seen_revision", "restore", "merge"])

const clock = (at) =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(new Date(at).toDateString() === new Date().toDateString() ? {} : { month: "numeric", day: "numeric" }),
  }).format(at)

const entries = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string")
const typed = (list) => JSON.stringify(list.filter(([name]) => !ofTheForm.has(name)))

// --- Keeping ---------------------------------------------------------------------------------------------------------

const begun = typed(entries())
let timer

const keepNow = () => {
  clearTimeout(timer)
  timer = 0
  const list = entries()
  if (typed(list) === begun) forget(person, article, ticket)
  else if (keep(person, article, ticket, list)) {
    state.textContent = `${word("Not saved yet")} · ${word("kept on this computer")} ${clock(Date.now())}`
  } else state.textContent = word("Not saved yet, and this browser keeps no copy")
}

for (const name of ["input", "change", "desk:row"]) {
  form.addEventListener(name, () => {
    if (!timer) timer = setTimeout(keepNow, 1000)
  })
}
for (const name of ["pagehide", "visibilitychange"]) {
  (name === "pagehide" ? window : document).addEventListener(name, () => timer && keepNow())
}

// --- Offering it back ------------------------------------------------------------------------------------------------

const button = (text, act) => {
  const drawn = document.createElement("button")
  drawn.type = "button"
  drawn.className = "button small"
  drawn.textContent = word(text)
  drawn.addEventListener("click", act)
  return drawn
}

// The server fills in the form with it, and puts it together with what was saved since.
const restore = (list) => {
  const sent = document.createElement("form")
  sent.method = "post"
  sent.action = form.getAttribute("action") || location.pathname
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value
  for (const [name, value] of [...list, ["csrfmiddlewaretoken", token], ["restore", "1"]]) {
    const field = document.createElement("textarea")
    field.name = name
    field.value = value
    sent.append(field)
  }
  sent.hidden = true
  document.body.append(sent)
  sent.submit()
}

const offer = ({ at, entries: list, ticket: old }) => {
  const box = document.createElement("div")
  const line = document.createElement("p")
  const seen = Number(list.find(([name]) => name === "seen_revision")?.[1])
  const now = Number(form.querySelector("[name=seen_revision]")?.value)
  box.className = "unsaved"
  line.textContent = `${clock(at)} ${word("what you typed was not saved")}`
  if (seen < now) line.textContent += ` · ${word("The article was saved since; both are put together.")}`
  box.append(
    line,
    button("Restore", () => restore(list)),
    button("Discard", () => {
      forget(person, article, old)
      box.remove()
    }),
  )
  form.querySelector(".form-head").after(box)
}

for (const one of kept(person, article).slice(0, 3).reverse()) {
  if (one.ticket === ticket) continue
  if (typed(one.entries) === begun) forget(person, article, one.ticket)
  else offer(one)
}

// --- Sending ---------------------------------------------------------------------------------------------------------

const patience = 5000
const again = 10_000
let isReached = false
let isTrying = false
let waiting
let chosen

// Any answer means that the network is there. In a new session of the same person the form gets its token.
const reach = async () => {
  try {
    const answer = await fetch(reached, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(patience) })
    if (answer.ok) {
      const told = await answer.json()
      if (String(told.person) === person) form.querySelector("[name=csrfmiddlewaretoken]").value = told.token
    }
    return true
  } catch {
    return false
  }
}

const send = async () => {
  if (isTrying) return
  isTrying = true
  clearTimeout(waiting)
  state.textContent = word("Saving…")
  isReached = await reach()
  isTrying = false
  if (isReached) form.requestSubmit(chosen)
  else {
    state.textContent = word("No network. What you typed is kept here; it is tried again by itself.")
    waiting = setTimeout(send, again)
  }
}

document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== form || isReached) return
    event.preventDefault()
    event.stopImmediatePropagation()
    chosen = event.submitter
    if (timer) keepNow()
    send()
  },
  true,
)
window.addEventListener("online", () => waiting && send())
window.addEventListener("pageshow", () => {
  isReached = false
})
