// Places in the text that a reader sees, found again in what stands on the page.
//
// The server counts in characters of the reader's text (`reader_text`): a line a paragraph, without blanks at its edges
// and without empty lines. Here a text is a list of letters {letter, from, to, node}: one character, where it begins and
// ends in the value of a field, or in the node of the document that holds it (else `node` is missing).

const blocks = new Set(["p", "h2", "h3", "li", "blockquote", "tr", "table", "ul", "ol", "hr", "br"])
const cells = new Set(["td", "th"])
// Stands on the page, but not in the text: pictures of the body with their captions, and remarks.
const besides = "figure, .photo-missing, .remarks-here"
// As Python's `str.splitlines` and `str.strip` see it.
const lineEnd = /[\n-\r\x1c-\x1e\x85\u2028\u2029]/
const blank = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

const strip = (letters) => {
  let first = 0
  let last = letters.length
  while (first < last && blank.test(letters[first].letter)) first += 1
  while (last > first && blank.test(letters[last - 1].letter)) last -= 1
  return letters.slice(first, last)
}

const inLines = (letters) => {
  const found = []
  let line = []
  const finish = () => {
    const kept = strip(line)
    line = []
    if (!kept.length) return
    if (found.length) found.push({ letter: "\n" })
    for (const letter of kept) found.push(letter)
  }
  for (const letter of letters) {
    if (lineEnd.test(letter.letter)) finish()
    else line.push(letter)
  }
  finish()
  return found
}

const lettersIn = (text, node) => {
  const letters = []
  let at = 0
  for (const letter of text) {
    letters.push({ letter, node, from: at, to: at + letter.length })
    at += letter.length
  }
  return letters
}

/** The reader's text of what an element holds. */
export const textOf = (root) => {
  const letters = []
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      for (const letter of lettersIn(node.data, node)) letters.push(letter)
    } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(besides)) {
      const isBlock = blocks.has(node.localName)
      if (isBlock) letters.push({ letter: "\n" })
      else if (cells.has(node.localName)) letters.push({ letter: "\t" })
      for (const child of node.childNodes) walk(child)
      if (isBlock) letters.push({ letter: "\n" })
    }
  }
  for (const child of root.childNodes) walk(child)
  return inLines(letters)
}

/** The reader's text of a field. In one `byLine` the server drops empty lines, in others it keeps what was typed. */
export const textOfField = (field, byLine) => {
  const letters = lettersIn(field.value)
  if (byLine) return inLines(letters)
  // A form is sent with two characters at the end of each line.
  const sent = letters.flatMap((one) => (one.letter === "\n" ? [{ ...one, letter: "\r" }, one] : [one]))
  return strip(sent)
}

/**
 * First and last letter of a place {start, end, text}: where it is said to be, or else the nearest same text.
 * Null if the text does not stand there at all, any more or with anything in it.
 */
export const lettersAt = (letters, { start, end, text }) => {
  const wanted = [...text]
  const last = letters.length - wanted.length
  if (!wanted.length || wanted.length !== end - start) return null
  const standsAt = (at) => at >= 0 && at <= last && wanted.every((letter, n) => letters[at + n].letter === letter)
  for (let away = 0; away <= Math.max(start, last - start); away += 1) {
    for (const at of [start - away, start + away]) {
      if (standsAt(at)) return [letters[at], letters[at + wanted.length - 1]]
    }
  }
  return null
}

/** A place of the reader's text as a Range of the document, or null. */
export const rangeOf = (root, place) => {
  const found = lettersAt(textOf(root), place)
  if (!found?.every((letter) => letter.node)) return null
  const range = document.createRange()
  range.setStart(found[0].node, found[0].from)
  range.setEnd(found[1].node, found[1].to)
  return range
}
