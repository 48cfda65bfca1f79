// Remarks: select a passage and write one; a sign in the text leads to its thread and back; “@” offers names. Without this
// script the passage is chosen by its paragraph.

import { textOf } from "./places.js"; // the semicolon is what HashedAssets looks for

const paper = document.getElementById("paper")
const form = document.getElementById("remark-form")
const fields = ["kicker", "headline", "subhead", "summary", "body"]
// As long as the server keeps a passage; its beginning is enough to find it again.
const longest = 500

// --- What was selected ---------------------------------------------------------------------------------------------

/** The letters of a field. The lines of a headline stand side by side, and are lines all the same. */
const lettersOf = (holder) => {
  const lines = [...holder.querySelectorAll(".paper-line")]
  if (!lines.length) return textOf(holder)
  return lines.flatMap((line, n) => (n ? [{ letter: "\n" }, ...textOf(line)] : textOf(line)))
}

/** {field, quote, start} of the selected letters, in the one field in which the selection begins; null if there are none. */
const selected = () => {
  const selection = getSelection()
  if (!selection.rangeCount || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  for (const field of fields) {
    const holder = paper.querySelector(`.paper-${field}`)
    if (!holder || !range.intersectsNode(holder)) continue
    const letters = lettersOf(holder)
    const isIn = ({ node, from, to }) =>
      node && range.comparePoint(node, from) >= 0 && range.comparePoint(node, to) <= 0
    const first = letters.findIndex(isIn)
    const last = letters.findLastIndex(isIn)
    if (first < 0) continue
    const quote = letters.slice(first, Math.min(last + 1, first + longest)).map(({ letter }) => letter)
    return { field, quote: quote.join(""), start: first, range }
  }
  return null
}

if (form) {
  const fold = form.closest("details")
  const chosen = form.querySelector(".remark-chosen")
  const choice = form.querySelector("[data-passage-choice]")
  const dialog = document.createElement("dialog")
  dialog.className = "remark-dialog"
  const closing = document.createElement("button")
  closing.type = "button"
  closing.className = "button"
  closing.textContent = form.dataset.close
  document.getElementById("content").append(dialog)

  const choose = (passage) => {
    form.elements.field.value = passage?.field ?? ""
    form.elements.quote.value = passage?.quote ?? ""
    form.elements.start.value = passage?.start ?? ""
    chosen.firstElementChild.textContent = passage?.quote ?? ""
    chosen.hidden = !passage
    choice.hidden = Boolean(passage)
  }

  const here = document.createElement("button")
  here.type = "button"
  here.className = "button small primary remark-here"
  here.textContent = form.dataset.word
  here.hidden = true
  document.getElementById("content").append(here)

  let passage = null
  const offer = () => {
    passage = dialog.open ? null : selected()
    here.hidden = !passage
    if (!passage) return
    const { left, bottom, width } = passage.range.getBoundingClientRect()
    const holder = here.offsetParent.getBoundingClientRect()
    const farthest = document.documentElement.clientWidth - here.offsetWidth - 16
    here.style.left = `${Math.max(8, Math.min(left + width / 2 - here.offsetWidth / 2, farthest)) - holder.left}px`
    here.style.top = `${bottom - holder.top + 8}px`
  }
  let timer
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer)
    timer = setTimeout(offer, 200)
  })

  // Or the press itself would end the selection before it is read.
  here.addEventListener("pointerdown", (event) => event.preventDefault())
  here.addEventListener("click", () => {
    choose(passage)
    here.hidden = true
    form.querySelector(".remark-buttons").append(closing)
    dialog.append(form)
    dialog.showModal()
    form.elements.text.focus()
  })
  closing.addEventListener("click", () => dialog.close())
  dialog.addEventListener("close", () => {
    closing.remove()
    fold.append(form)
    choose(null)
  })
  if (form.elements.quote.value) choice.hidden = true
}

// --- From a sign to its thread and back ------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const back = event.target.closest(".remark-number[href]")
  if (!back) return
  const number = back.hash.slice("#passage-".length)
  for (const led of document.querySelectorAll(".is-led-to")) led.classList.remove("is-led-to")
  for (const mark of document.querySelectorAll(`[data-remarks~="${number}"]`)) mark.classList.add("is-led-to")
})

// Whoever comes back from answering a resolved remark finds it unfolded.
const unfold = () => {
  const target = location.hash.startsWith("#remark-") && document.getElementById(location.hash.slice(1))
  const closed = target && target.closest("details.fold:not([open])")
  if (!closed) return
  closed.open = true
  target.scrollIntoView({ block: "center" })
}
addEventListener("hashchange", unfold)
unfold()

// --- Names after “@” -------------------------------------------------------------------------------------------------

const offersNames = (area) => {
  const list = document.createElement("ul")
  list.className = "remark-names"
  list.id = `${area.id}-names`
  list.setAttribute("role", "listbox")
  list.hidden = true
  area.after(list)
  area.setAttribute("aria-controls", list.id)
  area.setAttribute("aria-autocomplete", "list")

  let found = []
  let at = -1
  const begun = () => /[@＠]([^\s@＠，。、；：！？]{0,40})$/.exec(area.value.slice(0, area.selectionStart))
  const close = () => {
    list.hidden = true
    at = -1
    area.removeAttribute("aria-activedescendant")
  }
  const take = (name) => {
    const typed = begun()
    if (typed) area.setRangeText(`${name} `, area.selectionStart - typed[1].length, area.selectionStart, "end")
    close()
    area.focus()
  }
  const point = (to) => {
    at = (to + found.length) % found.length
    for (const [n, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(n === at))
    area.setAttribute("aria-activedescendant", list.children[at].id)
  }
  const show = () => {
    list.replaceChildren(
      ...found.map(({ name, note }, n) => {
        const item = document.createElement("li")
        item.id = `${list.id}-${n}`
        item.setAttribute("role", "option")
        item.setAttribute("aria-selected", "false")
        const beside = document.createElement("span")
        beside.textContent = note
        item.append(name, beside)
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault()
          take(name)
        })
        return item
      }),
    )
    list.hidden = !found.length
    at = -1
  }
  let timer
  const ask = async () => {
    const typed = begun()
    if (!typed) return close()
    try {
      const answer = await fetch(`${area.dataset.mentions}?q=${encodeURIComponent(typed[1])}`)
      found = (await answer.json()).found
      if (document.activeElement === area && begun()) show()
    } catch {
      close() // signed out, or no network: the name is typed by hand
    }
  }
  area.addEventListener("input", (event) => {
    clearTimeout(timer)
    if (!event.isComposing) timer = setTimeout(ask, 160)
  })
  area.addEventListener("blur", close)
  area.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return
    if (event.key === "ArrowDown") point(at + 1)
    else if (event.key === "ArrowUp") point(at < 0 ? found.length - 1 : at - 1)
    else if (event.key === "Enter" && at >= 0) take(found[at].name)
    else if (event.key === "Escape") close()
    else return
    event.preventDefault()
  })
}
for (const area of document.querySelectorAll("textarea[data-mentions]")) offersNames(area)
