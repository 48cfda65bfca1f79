// A newspaper page as a board: articles are dragged, or moved with the keyboard. It only writes into the number fields
// of the form below it, which do all of it without a script.

import { CELLS, cellsOf, chosenStory, columns, field, fits, group, lowest, nameOf, number, onPage, overlap, storyOf, word } from "./placed-rows.js";

const board = document.querySelector("[data-board]")
const grid = board.querySelector(".board-grid")
const said = board.querySelector(".board-said")
const SPARE_ROWS = 2
const FEWEST_ROWS = 6

const write = (row, cells) => {
  for (const name of CELLS) field(row, name).value = cells[name]
  return show()
}

const buttons = new Map()

const choose = (row) => {
  for (const other of group.querySelectorAll(".is-chosen")) other.classList.remove("is-chosen")
  row.classList.add("is-chosen")
  for (const [owner, button] of buttons) button.classList.toggle("is-chosen", owner === row)
}

const buttonOf = (row) => {
  if (buttons.has(row)) return buttons.get(row)
  const button = document.createElement("button")
  button.type = "button"
  button.setAttribute("aria-describedby", "board-hint")
  button.addEventListener("focus", () => choose(row))
  button.addEventListener("keydown", (event) => press(event, row))
  button.addEventListener("pointerdown", (event) => drag(event, row, button))
  buttons.set(row, button)
  return button
}

const part = (name, text) => {
  const span = document.createElement("span")
  span.className = name
  span.textContent = text
  return span
}

const draw = (row, wrong) => {
  const button = buttonOf(row)
  const { id, kicker, headline } = storyOf(chosenStory(row).text)
  const { column, row: top, width, height } = cellsOf(row)
  const classes = ["board-item", `c${column}`, `w${width}`, `r${top}`, `h${height}`, `weight${number(row, "weight")}`]
  if (row.classList.contains("is-chosen")) classes.push("is-chosen")
  if (wrong) classes.push("is-wrong")
  button.className = classes.join(" ")
  const place = `${column}–${column + width - 1} · ${top}–${top + height - 1}`
  button.replaceChildren(
    part("board-kicker", kicker),
    part("board-headline", headline),
    part("board-facts", `${wrong ? "⚠ " : ""}${id} · ${place}`),
    part("board-corner", ""),
  )
  return button
}

const show = () => {
  const rows = onPage()
  const wrong = new Set()
  const sentences = []
  rows.forEach((one, index) => {
    if (!fits(cellsOf(one))) {
      wrong.add(one)
      sentences.push(word("edge", { one: nameOf(one) }))
    }
    for (const other of rows.slice(index + 1)) {
      if (!overlap(cellsOf(one), cellsOf(other))) continue
      wrong.add(one).add(other)
      const names = { one: nameOf(one), other: nameOf(other) }
      sentences.push(word("overlap", names))
    }
  })
  const focused = document.activeElement
  const drawn = rows.map((row) => draw(row, wrong.has(row)))
  if (drawn.length !== grid.children.length || drawn.some((button, n) => grid.children[n] !== button)) {
    grid.replaceChildren(...drawn)
    if (drawn.includes(focused)) focused.focus()
  }
  const bottom = Math.max(FEWEST_ROWS, ...rows.map((row) => number(row, "row") + number(row, "height") - 1 + SPARE_ROWS))
  grid.dataset.rows = Math.min(bottom, lowest)
  grid.style.setProperty("--rows", Math.min(bottom, lowest))
  board.querySelector(".board-wrong").replaceChildren(
    ...sentences.map((sentence) => {
      const line = document.createElement("li")
      line.textContent = sentence
      return line
    }),
  )
  for (const [row] of buttons) if (!rows.includes(row)) buttons.delete(row)
  board.dispatchEvent(new CustomEvent("board:shown"))
  return sentences
}

const tell = (row, sentences) => {
  const mine = sentences.filter((sentence) => sentence.includes(`“${nameOf(row)}”`))
  said.textContent =
    mine.join(" ") ||
    word("place", { one: nameOf(row), ...cellsOf(row) })
}

const atTheEdge = (row) => {
  said.textContent = word("edge", { one: nameOf(row) })
}

// What would hang over the edge is not done at all; what lies on another is shown, and cannot be saved.
const put = (row, cells) => {
  if (!fits(cells)) return atTheEdge(row)
  tell(row, write(row, cells))
}

const takeOff = (row) => {
  const name = nameOf(row)
  const next = onPage().find((other) => other !== row)
  const box = field(row, "DELETE")
  if (box?.type === "checkbox") box.checked = true
  else row.querySelector(".inline-deletelink").click()
  show()
  said.textContent = word("off", { one: name })
  const target = next ? buttons.get(next) : board.querySelector("summary")
  target.focus()
}

// --- By keyboard --------------------------------------------------------------------------------------------------

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

const press = (event, row) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const cells = cellsOf(row)
  if (event.key in ARROWS) {
    const [right, down] = ARROWS[event.key]
    if (event.shiftKey) put(row, { ...cells, width: cells.width + right, height: cells.height + down })
    else put(row, { ...cells, column: cells.column + right, row: cells.row + down })
  } else if (["1", "2", "3"].includes(event.key)) {
    field(row, "weight").value = event.key
    tell(row, show())
  } else if (event.key === "Delete" || event.key === "Backspace") takeOff(row)
  else return
  event.preventDefault()
}

// --- By pointer ---------------------------------------------------------------------------------------------------

const cellUnder = (event) => {
  const box = grid.getBoundingClientRect()
  const height = box.height / Number(grid.dataset.rows)
  return {
    column: Math.floor(((event.clientX - box.left) / box.width) * columns),
    row: Math.floor((event.clientY - box.top) / height),
  }
}
const between = (least, value, most) => Math.max(least, Math.min(value, most))

const drag = (event, row, button) => {
  if (event.button) return
  // A finger that was not on a chosen article scrolls the page.
  if (event.pointerType === "touch" && !button.classList.contains("is-chosen")) return
  event.preventDefault()
  button.focus()
  button.setPointerCapture(event.pointerId)
  const sizing = event.target.closest(".board-corner")
  const start = cellsOf(row)
  const from = cellUnder(event)

  const follow = (moved) => {
    const to = cellUnder(moved)
    const [right, down] = [to.column - from.column, to.row - from.row]
    const cells = sizing
      ? {
          ...start,
          width: between(1, start.width + right, columns + 1 - start.column),
          height: between(1, start.height + down, lowest + 1 - start.row),
        }
      : {
          ...start,
          column: between(1, start.column + right, columns + 1 - start.width),
          row: between(1, start.row + down, lowest + 1 - start.height),
        }
    if (CELLS.some((name) => cells[name] !== number(row, name))) put(row, cells)
  }
  const end = (ended) => {
    if (ended.type === "keydown" && ended.key !== "Escape") return
    if (ended.type !== "pointerup") put(row, start)
    button.removeEventListener("pointermove", follow)
    for (const kind of ["pointerup", "pointercancel", "keydown"]) button.removeEventListener(kind, end)
  }
  button.addEventListener("pointermove", follow)
  for (const kind of ["pointerup", "pointercancel", "keydown"]) button.addEventListener(kind, end)
}

// What was added beside the board (board-aside.js).
board.addEventListener("board:added", ({ detail: row }) => {
  show()
  buttons.get(row).focus()
  said.textContent = word("on", { one: nameOf(row) })
})

board.querySelector("[data-board-all]").addEventListener("change", (event) => {
  group.classList.toggle("shows-all", event.target.checked)
})
window.django.jQuery(group).on("change input", show)
document.addEventListener("formset:added", ({ target: row }) => {
  choose(row)
  show()
})
document.addEventListener("formset:removed", show)
document.documentElement.classList.add("has-board")
board.querySelector(".board-all").after(group)
board.hidden = false
show()
