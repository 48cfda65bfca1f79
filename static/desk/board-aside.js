// Beside the board of a newspaper page: articles that can be added, and the page as readers will see it.

import { chosenStory, columns, field, group, lowest, number, onPage, preview, stories, storyOf, word } from "./placed-rows.js";

const board = document.querySelector("[data-board]")
const form = group.closest("form")

// --- Adding -------------------------------------------------------------------------------------------------------

const search = board.querySelector("#board-search")
const found = board.querySelector(".board-found")

const addStory = (id, label) => {
  group.querySelector(".add-row a").click()
  const row = [...group.querySelectorAll(".inline-related:not(.empty-form)")].at(-1)
  const select = field(row, "article")
  select.append(new Option(label, id, true, true))
  window.django.jQuery(select).trigger("change")
  const others = onPage().filter((other) => other !== row)
  const below = Math.max(1, ...others.map((other) => number(other, "row") + number(other, "height")))
  field(row, "position").value = Math.max(0, ...others.map((other) => number(other, "position"))) + 1
  const cells = { column: 1, row: Math.min(below, lowest), width: columns, height: 1 }
  for (const [name, value] of Object.entries(cells)) field(row, name).value = value
  board.dispatchEvent(new CustomEvent("board:added", { detail: row }))
}

const small = (text) => {
  const span = document.createElement("span")
  span.className = "board-facts"
  span.textContent = text
  return span
}

const list = async () => {
  const asked = new URLSearchParams({ app_label: "bulletins", model_name: "placement", field_name: "article", term: search.value })
  const answer = await fetch(`${stories}?${asked}`)
  if (!answer.ok) return
  const placed = new Set(onPage().map((row) => chosenStory(row).value))
  const { results } = await answer.json()
  found.replaceChildren(
    ...results.map(({ id, text }) => {
      const line = document.createElement("li")
      const { id: label, kicker, headline } = storyOf(text)
      const button = document.createElement("button")
      button.type = "button"
      button.append(small(label), ` ${kicker ? `${kicker} ` : ""}${headline}`)
      if (placed.has(id)) {
        button.disabled = true
        button.append(" ", small(word("already")))
      }
      button.addEventListener("click", () => {
        addStory(id, text)
        list()
      })
      line.append(button)
      return line
    }),
  )
  if (!results.length) found.textContent = word("nothing")
}

let typing
search.addEventListener("input", () => {
  clearTimeout(typing)
  typing = setTimeout(list, 200)
})
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault() // it would send the form
})
board.querySelector(".board-stories").addEventListener("toggle", list)

// --- As readers will see it -----------------------------------------------------------------------------------------

const paper = board.querySelector(".board-paper").attachShadow({ mode: "open" })
const shownPaper = board.querySelector(".board-preview")
let looking

const look = async () => {
  const answer = await fetch(preview, { method: "POST", body: new FormData(form) })
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const newspaper = page.querySelector(".newspaper")
  if (!answer.ok || !newspaper) {
    paper.textContent = word("no preview")
    return
  }
  const styles = [...page.querySelectorAll("link[rel=stylesheet]:not([media=print])")]
  if (!paper.querySelector("link")) paper.append(...styles.map((link) => document.importNode(link)))
  paper.querySelector(".newspaper")?.remove()
  paper.append(document.importNode(newspaper, true))
}

const lookAgain = () => {
  clearTimeout(looking)
  if (shownPaper.open) looking = setTimeout(look, 400)
}
shownPaper.addEventListener("toggle", lookAgain)
board.addEventListener("board:shown", lookAgain)
