// The rows of the form in which the articles of a newspaper page stand as numbers.

export const group = document.getElementById("placements-group")
const data = JSON.parse(document.getElementById("board-data").textContent)
export const { columns, rows: lowest, stories, preview } = data
export const CELLS = ["column", "row", "width", "height"]

export const word = (name, values = {}) =>
  Object.entries(values).reduce((told, [part, value]) => told.replaceAll(`%(${part})s`, value), data.words[name])

export const field = (row, name) => row.querySelector(`[name$="-${name}"]`)
export const number = (row, name) => Math.trunc(Number(field(row, name).value)) || 1
export const cellsOf = (row) => Object.fromEntries(CELLS.map((name) => [name, number(row, name)]))
export const chosenStory = (row) => field(row, "article").selectedOptions[0]
const isTakenOff = (row) => Boolean(field(row, "DELETE")?.checked)
export const onPage = () =>
  [...group.querySelectorAll(".inline-related:not(.empty-form)")].filter((row) => chosenStory(row)?.value && !isTakenOff(row))

// “JN-2021-000004 洸河派出所　荣膺…”: number, kicker where there is one, headline.
export const storyOf = (label) => {
  const [, id, kicker = "", headline] = label.trim().match(/^(\S+)(?: ([^\u3000]*)\u3000)? ?(.*)$/s)
  return { id, kicker, headline: headline || id }
}
export const nameOf = (row) => storyOf(chosenStory(row).text).headline

export const overlap = (one, other) =>
  one.column < other.column + other.width &&
  other.column < one.column + one.width &&
  one.row < other.row + other.height &&
  other.row < one.row + one.height

export const fits = ({ column, row, width, height }) =>
  column >= 1 && row >= 1 && width >= 1 && height >= 1 && column + width - 1 <= columns && row + height - 1 <= lowest
