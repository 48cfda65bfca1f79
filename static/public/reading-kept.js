// How a reader likes to read, kept on the device alone. Loaded first and without holding anything up, so that it stands on
// the page before the page is painted: the style sheets, which do hold that up, are larger.

export const CHOICES = {
  text: ["125", "150", "175", "200"],
  contrast: ["light", "dark", "yellow"],
  spacing: ["wide"],
  ruler: ["on"],
  bar: ["open"],
}
const PLACE = "reading"
const root = document.documentElement

const put = (chosen) => {
  for (const [name, values] of Object.entries(CHOICES)) {
    if (values.includes(chosen[name])) root.dataset[name] = chosen[name]
    else delete root.dataset[name]
  }
  root.toggleAttribute("data-large", chosen.text >= 150)
}

const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? {}
  } catch {
    return {} // no storage in this browser, or not ours in it
  }
}

// Empty is as the page is for everybody.
export const chosen = (name) => root.dataset[name] ?? ""

export const choose = (name, value) => {
  const all = Object.fromEntries(Object.keys(CHOICES).map((each) => [each, chosen(each)]))
  put({ ...all, [name]: value })
  try {
    localStorage.setItem(PLACE, JSON.stringify({ ...all, [name]: value }))
  } catch {
    // It holds for this page.
  }
}

addEventListener("storage", (event) => {
  if (event.key !== PLACE) return
  put(kept())
  document.dispatchEvent(new Event("reading"))
})
put(kept())
