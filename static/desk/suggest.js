// Suggestions while a name or a tag is typed. Without them the fields are plain text fields, and work.

const words = JSON.parse(document.getElementById("desk-words").textContent)
const word = (text) => words[text] || text
const waitFor = 160

const attach = (input, address, { fragment, choose }) => {
  if (input.dataset.hasSuggestions) return
  input.dataset.hasSuggestions = "yes"
  const list = document.createElement("ul")
  list.className = "suggest-list"
  list.id = `${input.id}-suggestions`
  list.setAttribute("role", "listbox")
  list.hidden = true
  input.after(list)
  input.setAttribute("role", "combobox")
  input.setAttribute("aria-autocomplete", "list")
  input.setAttribute("aria-controls", list.id)
  input.setAttribute("aria-expanded", "false")

  let timer
  let selected = -1
  let found = []

  const close = () => {
    list.hidden = true
    selected = -1
    input.setAttribute("aria-expanded", "false")
    input.removeAttribute("aria-activedescendant")
  }

  const take = (index) => {
    choose(input, found[index])
    input.dispatchEvent(new Event("change", { bubbles: true }))
    close()
  }

  const mark = (index) => {
    selected = (index + found.length) % found.length
    for (const [n, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(n === selected))
    input.setAttribute("aria-activedescendant", list.children[selected].id)
  }

  const show = () => {
    list.replaceChildren(
      ...found.map((entry, index) => {
        const item = document.createElement("li")
        item.id = `${list.id}-${index}`
        item.setAttribute("role", "option")
        item.setAttribute("aria-selected", "false")
        item.append(entry.name)
        if (entry.note) {
          const note = document.createElement("span")
          note.textContent = entry.note
          item.append(note)
        }
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault()
          take(index)
        })
        return item
      }),
    )
    list.hidden = found.length === 0
    input.setAttribute("aria-expanded", String(!list.hidden))
  }

  const ask = async () => {
    const text = fragment(input.value)
    if (!text) return close()
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`)
      found = (await answer.json()).found
      if (document.activeElement === input) show()
    } catch {
      close()
    }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer)
    if (!event.isComposing) timer = setTimeout(ask, waitFor)
  })
  input.addEventListener("compositionend", () => {
    clearTimeout(timer)
    timer = setTimeout(ask, waitFor)
  })
  input.addEventListener("blur", close)
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return
    if (event.key === "ArrowDown") mark(selected + 1)
    else if (event.key === "ArrowUp") mark(selected < 0 ? found.length - 1 : selected - 1)
    else if (event.key === "Enter" && selected >= 0) take(selected)
    else if (event.key === "Escape") close()
    else return
    event.preventDefault()
  })
}

const attachPeople = (row) => {
  const rows = row.closest("[data-suggest-people]")
  const input = row.querySelector("[data-suggest=people]")
  if (!rows || !input) return
  const hidden = row.querySelector("[name$=-correspondent]")
  const known = document.createElement("span")
  known.className = "suggest-known"
  const tell = (note) => {
    known.textContent = hidden.value ? `✓ ${note || word("in the list of correspondents")}` : ""
  }
  input.addEventListener("input", () => {
    hidden.value = ""
    tell()
  })
  attach(input, rows.dataset.suggestPeople, {
    fragment: (text) => text.trim(),
    choose: (field, person) => {
      field.value = person.name
      hidden.value = person.id
      tell(person.note)
    },
  })
  input.parentElement.append(known)
  tell()
}

for (const row of document.querySelectorAll("[data-suggest-people] [data-row]")) attachPeople(row)
document.addEventListener("desk:row", (event) => attachPeople(event.target))

const tags = document.querySelector("[data-suggest-tags]")
const separators = /[,，、;；\s]+/
if (tags) {
  attach(tags.querySelector("input"), tags.dataset.suggestTags, {
    fragment: (text) => text.split(separators).pop(),
    choose: (input, tag) => {
      const before = input.value.slice(0, input.value.length - input.value.split(separators).pop().length)
      input.value = `${before}${tag.name}，`
    },
  })
}
