// From a finding to the letters it is about, in the article as a reader sees it. Without this script the link leads to
// the beginning of the article.

import { rangeOf } from "./places.js"; // the semicolon is what HashedAssets looks for

const paper = document.getElementById("paper")
// Which part of the article holds a passage.
const parts = {
  kicker: ".paper-kicker",
  headline: ".paper-headline",
  subhead: ".paper-subhead",
  summary: ".paper-summary",
  body: ".paper-body",
  source: ".paper-facts",
  correction: ".paper-correction",
  credits: ".paper-byline",
  photos: "figcaption",
}

const lead = ({ passage, start, end, text }) => {
  const holders = [...paper.querySelectorAll(parts[passage.split(".")[0]] ?? ".paper")]
  const place = { start: Number(start), end: Number(end), text }
  const range = holders.map((holder) => rangeOf(holder, place)).find(Boolean)
  const shown = range ?? holders[0] ?? paper
  paper.focus({ preventScroll: true })
  const selection = getSelection()
  selection.removeAllRanges()
  if (range) selection.addRange(range)
  scrollBy({ top: shown.getBoundingClientRect().top - innerHeight / 3 })
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-passage]")
  if (!link) return
  event.preventDefault()
  lead(link.dataset)
})
