// What the checks say, beside the form: asked again whenever one pauses in typing. A finding leads to its place, and what
// is suggested can be put there. Without this script the panel shows what stood in the form when the page was made.

import { lettersAt, rangeOf, textOfField } from "./places.js"; // the semicolon is what HashedAssets looks for

const pause = 800
const form = document.getElementById("article-form")
const box = document.getElementById("findings")
const panel = box.querySelector("[data-panel]")
const note = box.querySelector(".findings-note")
const narrow = matchMedia("(max-width: 960px)")
const bar = form.querySelector(".form-bar")
const side = box.parentElement
const body = form.querySelector("[name=body]")
// Fields whose empty lines the server drops.
const byLine = new Set(["headline", "body"])

const summary = () => panel.querySelector("[data-summary]").textContent
// What shows while the panel is closed says as well that it is not what one has just written.
const line = () => (note.textContent ? `${summary()} · ${box.dataset.old}` : summary())

// The counts are told once when they change, not with every answer.
const told = document.createElement("p")
told.className = "visually-hidden"
told.setAttribute("role", "status")
box.after(told)

// --- On a narrow screen: a line above the buttons opens the panel ----------------------------------------------------

const way = document.createElement("button")
way.type = "button"
way.className = "findings-way"
way.setAttribute("aria-controls", box.id)
way.textContent = summary()
bar.querySelector(".findings-way").replaceWith(way)

const open = (isOpen) => {
  box.classList.toggle("is-open", isOpen)
  way.setAttribute("aria-expanded", String(isOpen))
}
const place = () => {
  if (narrow.matches) bar.prepend(box)
  else side.prepend(box)
  open(false)
}
narrow.addEventListener("change", place)
place()

way.addEventListener("click", () => {
  open(!box.classList.contains("is-open"))
  if (box.classList.contains("is-open")) box.focus({ preventScroll: true })
})
box.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !narrow.matches) return
  open(false)
  way.focus()
})

// --- The place of a finding ----------------------------------------------------------------------------------------

const comfort = (top, bottom) => {
  const lowest = Math.min(bar.getBoundingClientRect().top, innerHeight) - 24
  // Below the bar of the editor, which stays at the top.
  if (top < 120 || bottom > lowest) scrollBy({ top: top - innerHeight / 4 })
}

// The editor of the body, once its script is there.
const editor = () => form.querySelector("[data-editor]").editor

const rangeInEditor = (wanted) => {
  const { view } = editor()
  const range = rangeOf(view.dom, wanted)
  if (!range) return null
  const from = view.posAtDOM(range.startContainer, range.startOffset)
  const to = view.posAtDOM(range.endContainer, range.endOffset)
  return { from, to, range }
}

const selectInEditor = (wanted) => {
  const found = rangeInEditor(wanted)
  if (!narrow.matches || !wanted.isPut) editor().view.focus()
  if (!found) return
  editor().commands.setTextSelection(found)
  const { top, bottom } = found.range.getBoundingClientRect()
  comfort(top, bottom)
}

const placeInField = (field, wanted) => {
  const isByLine = byLine.has(field.name)
  // A page has one character at the end of a line where the form sends two.
  const text = isByLine ? wanted.text : wanted.text.replaceAll("\n", "\r\n")
  return lettersAt(textOfField(field, isByLine), { ...wanted, text })
}

const selectInField = (field, wanted) => {
  field.closest("details")?.setAttribute("open", "")
  const found = field.setSelectionRange && placeInField(field, wanted)
  const { top, bottom } = field.getBoundingClientRect()
  comfort(top, bottom)
  field.focus({ preventScroll: true })
  if (found) field.setSelectionRange(found[0].from, found[1].to)
}

const isInEditor = (field) => field === body && Boolean(editor())

const wantedBy = (link) => ({
  start: Number(link.dataset.start),
  end: Number(link.dataset.end),
  text: link.dataset.text,
})

const lead = (link) => {
  const field = document.getElementById(link.hash.slice(1))
  if (!field) return
  open(false)
  if (isInEditor(field)) selectInEditor(wantedBy(link))
  else if (field.matches("fieldset")) {
    field.scrollIntoView({ block: "center" })
    field.querySelector("input:not([type=hidden]), select, button")?.focus({ preventScroll: true })
  } else selectInField(field, wantedBy(link))
}

// --- Putting there what is suggested -------------------------------------------------------------------------------

const putInEditor = (wanted, text) => {
  const found = rangeInEditor(wanted)
  if (!found) return false
  const { state, view } = editor()
  view.dispatch(state.tr.insertText(text, found.from, found.to))
  return true
}

const putInField = (field, wanted, text) => {
  const found = placeInField(field, wanted)
  if (!found) return false
  field.closest("details")?.setAttribute("open", "")
  field.focus()
  field.setSelectionRange(found[0].from, found[1].to)
  // The one way that the browser's own "undo" knows of.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text)
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
  return true
}

const put = (button) => {
  const link = button.closest("[data-finding]").querySelector("a")
  const field = document.getElementById(link.hash.slice(1))
  const text = button.dataset.put
  const wanted = wantedBy(link)
  const isDone = isInEditor(field) ? putInEditor(wanted, text) : putInField(field, wanted, text)
  if (isDone) {
    const after = { start: wanted.start, end: wanted.start + [...text].length, text, isPut: true }
    if (isInEditor(field)) selectInEditor(after)
    else selectInField(field, after)
    // On a phone the keyboard would cover what is left to do.
    if (narrow.matches) box.focus({ preventScroll: true })
  }
  check()
}

form.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-start]")
  const button = event.target.closest("[data-put]")
  if (link) {
    event.preventDefault()
    lead(link)
  } else if (button) put(button)
})

// --- Asking ----------------------------------------------------------------------------------------------------------

const signOf = (element) => {
  const item = element.closest("[data-finding]")
  const items = [...panel.querySelectorAll("[data-finding]")]
  return { mark: item?.dataset.finding, number: items.indexOf(item), name: element.localName }
}

const itemLike = ({ mark, number }) => {
  const items = [...panel.querySelectorAll("[data-finding]")]
  return items.find((item) => item.dataset.finding === mark) || items[Math.min(number, items.length - 1)]
}

// The panel anew: what is unfolded, how far it is scrolled and where the keyboard is stay as they were.
const show = (fragment) => {
  if (fragment === show.last) return
  show.last = fragment
  const before = summary()
  const focused = panel.contains(document.activeElement) ? signOf(document.activeElement) : null
  const unfolded = [...panel.querySelectorAll("details[open]")].map((fold) => fold.dataset.key)
  const { scrollTop } = box
  panel.innerHTML = fragment
  for (const fold of panel.querySelectorAll("details")) fold.open = unfolded.includes(fold.dataset.key)
  box.scrollTop = scrollTop
  if (focused) {
    const item = focused.number < 0 ? null : itemLike(focused)
    const next = item?.querySelector(focused.name) || item?.querySelector("a, button") || box
    next.focus({ preventScroll: true })
  }
  if (summary() !== before) told.textContent = summary()
}

const say = (text) => {
  note.textContent = text
  way.textContent = line()
}

const ask = async () => {
  const data = new FormData(form)
  data.delete("new_photos")
  data.set("article", box.dataset.article)
  const answer = await fetch(box.dataset.check, { method: "POST", body: data })
  if (answer.status === 403) say(box.dataset.signedOut)
  else if (answer.status === 400 || answer.status === 413) say(box.dataset.tooLong)
  else if (answer.status !== 200) throw new Error(answer.statusText)
  else {
    show(await answer.text())
    say("")
  }
}

let timer
let isAsking = false
let isWaiting = false

// Never two at once: what changes while an answer is on its way is asked about when it has come.
async function check() {
  clearTimeout(timer)
  isWaiting = isAsking
  if (isAsking) return
  isAsking = true
  try {
    await ask()
  } catch {
    say(box.dataset.late)
  }
  isAsking = false
  if (isWaiting) check()
}

const soon = () => {
  clearTimeout(timer)
  timer = setTimeout(check, pause)
}

let isComposing = false
form.addEventListener("compositionstart", () => {
  isComposing = true
  clearTimeout(timer)
})
form.addEventListener("compositionend", () => {
  isComposing = false
  soon()
})
// A row was added, a name or a tag was taken from a list, something was chosen: not all of that is told as `input`.
for (const name of ["input", "change", "desk:row"]) {
  form.addEventListener(name, () => {
    if (!isComposing) soon()
  })
}
// Coming back, the browser fills in what was typed before.
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") soon()
