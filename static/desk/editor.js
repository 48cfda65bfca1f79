// The editor of the body: the bundle of django-prose-editor under our own bar, with words instead of riddles.
// Without this script the text field below it is a plain one, where each line becomes a paragraph.

import { receive } from "./rows.js"; // the semicolon is what HashedAssets looks for

const words = JSON.parse(document.getElementById("desk-words").textContent)
const word = (text) => words[text] || text
// The bundle asks for its words here when it is loaded.
window.gettext = word

const box = document.querySelector("[data-editor]")
const textarea = box.querySelector("textarea")
const note = document.querySelector(".editor-note")
const kit = await import(box.dataset.editor)

// Only pictures of the desk itself: whatever else a paste brings stays outside.
const ours = /\/pictures\/[0-9a-f]{64}\//
const Photo = kit.Image.extend({
  parseHTML() {
    return [{ tag: "img[src]", getAttrs: (element) => (ours.test(element.getAttribute("src")) ? null : false) }]
  },
})

const extensions = [
  kit.Document,
  kit.Paragraph,
  kit.Text,
  kit.HardBreak,
  kit.Heading.configure({ levels: [2, 3] }),
  kit.Bold,
  kit.Italic,
  kit.BulletList,
  kit.OrderedList,
  kit.ListItem,
  kit.Blockquote,
  kit.HorizontalRule,
  kit.Link.configure({ enableTarget: false, protocols: ["http", "https", "mailto", "tel"] }),
  kit.Table,
  kit.TableRow,
  kit.TableHeader,
  kit.TableCell,
  kit.History,
  kit.Dropcursor,
  kit.Gapcursor,
  Photo,
  kit.Placeholder.configure({ placeholder: word("Write or paste the text here") }),
]

const say = (text) => {
  const warning = document.createElement("strong")
  warning.textContent = text
  note.querySelector("strong")?.remove()
  note.prepend(warning)
}

// What Word and WPS say by style is said by elements: the page's security policy lets no style attribute in, and the
// text needs none.
const tidied = (html) => {
  const unstyled = html
    .replace(/<style[\s>][\s\S]*?<\/style>/gi, "")
    .replace(/(<[^>]*?\s)style(\s*=)/gi, "$1data-style$2")
  const pasted = new DOMParser().parseFromString(unstyled, "text/html")
  for (const element of pasted.querySelectorAll("[data-style]")) {
    const style = element.dataset.style
    const wrap = (tag) => {
      const inner = pasted.createElement(tag)
      inner.append(...element.childNodes)
      element.append(inner)
    }
    if (element.tagName === "SPAN" && /font-weight\s*:\s*(bold|[6-9]00)/i.test(style)) wrap("strong")
    if (element.tagName === "SPAN" && /font-style\s*:\s*italic/i.test(style)) wrap("em")
    element.removeAttribute("data-style")
  }
  for (const heading of pasted.querySelectorAll("h1, h4, h5, h6")) {
    const kept = pasted.createElement(heading.tagName === "H1" ? "h2" : "h3")
    kept.append(...heading.childNodes)
    heading.replaceWith(kept)
  }
  const foreign = [...pasted.querySelectorAll("img")].filter((img) => !ours.test(img.getAttribute("src") || ""))
  if (foreign.length) say(word("Pictures do not come along with a paste. Add them below under photos."))
  return pasted.body.innerHTML
}

const mount = document.createElement("div")
mount.className = "editor-page"
box.append(mount)

const editor = new kit.Editor({
  element: mount,
  extensions,
  content: textarea.value,
  injectCSS: false,
  editorProps: {
    attributes: {
      "aria-labelledby": "body-label",
      "aria-multiline": "true",
      role: "textbox",
      class: "paper-body",
      lang: "zh-Hans",
      spellcheck: "false",
    },
    transformPastedHTML: tidied,
    handlePaste(view, event) {
      const pictures = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"))
      // Word puts a picture of the text on the clipboard besides the text itself.
      if (!pictures.length || event.clipboardData.types.includes("text/html")) return false
      receive(pictures)
      return true
    },
    handleDrop(view, event) {
      const pictures = [...(event.dataTransfer?.files || [])].filter((file) => file.type.startsWith("image/"))
      if (!pictures.length) return false
      event.preventDefault()
      event.stopPropagation()
      receive(pictures)
      return true
    },
  },
  onUpdate() {
    textarea.value = editor.isEmpty ? "" : editor.getHTML()
    textarea.dispatchEvent(new Event("input", { bubbles: true }))
  },
})
box.classList.add("has-editor")
// For findings.js, which selects places in it.
box.editor = editor

const askForLink = async () => {
  const dialog = kit.updateAttrsDialog(
    { href: { type: "string", title: word("Address"), required: true } },
    { title: word("Link"), submitText: word("Insert") },
  )
  const given = await dialog(editor, { href: editor.getAttributes("link").href || "https://" })
  if (given) editor.chain().focus().extendMarkRange("link").setLink({ href: given.href }).run()
}

const inTable = () => editor.isActive("table")
const run = (act) => () => act(editor.chain().focus()).run()
const buttons = [
  ["Section heading", "", run((c) => c.toggleHeading({ level: 2 })), () => editor.isActive("heading", { level: 2 })],
  ["Smaller heading", "", run((c) => c.toggleHeading({ level: 3 })), () => editor.isActive("heading", { level: 3 })],
  null,
  ["Bold", "B", run((c) => c.toggleBold()), () => editor.isActive("bold")],
  ["Emphasis", "I", run((c) => c.toggleItalic()), () => editor.isActive("italic")],
  null,
  ["List", "•", run((c) => c.toggleBulletList()), () => editor.isActive("bulletList")],
  ["Numbered list", "1.", run((c) => c.toggleOrderedList()), () => editor.isActive("orderedList")],
  ["Quotation", "“ ”", run((c) => c.toggleBlockquote()), () => editor.isActive("blockquote")],
  null,
  ["Link", "", askForLink, () => editor.isActive("link"), () => editor.isActive("link") || !editor.state.selection.empty],
  ["Remove link", "", run((c) => c.extendMarkRange("link").unsetLink()), null, null, () => editor.isActive("link")],
  ["Table", "", run((c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true })), inTable, null, () => !inTable()],
  ["Add a row", "", run((c) => c.addRowAfter()), null, null, inTable],
  ["Add a column", "", run((c) => c.addColumnAfter()), null, null, inTable],
  ["Delete the row", "", run((c) => c.deleteRow()), null, null, inTable],
  ["Delete the column", "", run((c) => c.deleteColumn()), null, null, inTable],
  ["Delete the table", "", run((c) => c.deleteTable()), null, null, inTable],
  null,
  ["Undo", "↶", run((c) => c.undo()), null, () => editor.can().undo()],
  ["Redo", "↷", run((c) => c.redo()), null, () => editor.can().redo()],
]

const bar = document.createElement("div")
bar.className = "editor-bar"
bar.setAttribute("role", "toolbar")
bar.setAttribute("aria-label", word("Text formatting"))
const drawn = []
for (const entry of buttons) {
  if (!entry) {
    const gap = document.createElement("span")
    gap.className = "editor-gap"
    bar.append(gap)
    continue
  }
  const [label, sign, act, isActive, isEnabled, isShown] = entry
  const button = document.createElement("button")
  button.type = "button"
  button.title = word(label)
  button.setAttribute("aria-label", word(label))
  button.textContent = sign || word(label)
  button.addEventListener("click", act)
  bar.append(button)
  drawn.push({ button, isActive, isEnabled, isShown })
}
box.prepend(bar)

const refresh = () => {
  for (const { button, isActive, isEnabled, isShown } of drawn) {
    if (isActive) button.setAttribute("aria-pressed", String(isActive()))
    if (isEnabled) button.disabled = !isEnabled()
    if (isShown) button.hidden = !isShown()
  }
  const length = [...editor.getText()].filter((sign) => sign.trim()).length
  let count = note.querySelector(".editor-count")
  if (!count) {
    count = document.createElement("span")
    count.className = "editor-count"
    note.append(count)
  }
  count.textContent = `${length} ${word("characters")}`
}
editor.on("transaction", refresh)
refresh()

document.addEventListener("desk:put-into-text", (event) => {
  // Between two paragraphs, never inside a table or a list.
  const { $to } = editor.state.selection
  const place = $to.depth ? $to.after(1) : $to.pos
  editor.chain().focus().insertContentAt(place, { type: "image", attrs: event.detail }).run()
})

// The label and the list of errors lead to the text field, which is hidden now.
const focusEditor = (event) => {
  event.preventDefault()
  editor.commands.focus()
}
document.getElementById("body-label").addEventListener("click", focusEditor)
for (const link of document.querySelectorAll(`a[href="#${textarea.id}"]`)) link.addEventListener("click", focusEditor)
