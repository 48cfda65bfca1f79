// Units and campaigns are offered while somebody types. Without it the box is a plain search box, and the page of what
// was found names them too.

const WAIT = 160

const attach = (form) => {
  const input = form.querySelector("input[type=search]")
  const list = document.createElement("ul")
  list.className = "search-list"
  list.id = `${input.id}-list`
  list.lang = "zh-Hans"
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", form.querySelector("label").textContent)
  list.hidden = true
  input.after(list)
  input.setAttribute("role", "combobox")
  input.setAttribute("aria-autocomplete", "list")
  input.setAttribute("aria-controls", list.id)
  input.setAttribute("aria-expanded", "false")

  let timer
  let asked = 0
  let found = []
  let selected = -1

  const close = () => {
    asked += 1
    list.hidden = true
    selected = -1
    input.setAttribute("aria-expanded", "false")
    input.removeAttribute("aria-activedescendant")
  }

  const mark = (index) => {
    selected = (index + found.length) % found.length
    for (const [n, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(n === selected))
    input.setAttribute("aria-activedescendant", list.children[selected].id)
    list.children[selected].scrollIntoView({ block: "nearest" })
  }

  const entry = ({ name, note, url }, index) => {
    const item = document.createElement("li")
    item.id = `${list.id}-${index}`
    item.setAttribute("role", "option")
    item.setAttribute("aria-selected", "false")
    const kind = document.createElement("span")
    kind.lang = document.documentElement.lang
    kind.textContent = note
    item.append(name, kind)
    item.addEventListener("pointerdown", (event) => event.preventDefault())
    item.addEventListener("click", () => location.assign(url))
    return item
  }

  const ask = async () => {
    const words = input.value.trim()
    if (!words) return close()
    const turn = ++asked
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`)
      const suggested = (await answer.json()).found
      if (turn !== asked || document.activeElement !== input) return
      found = suggested
      selected = -1
      input.removeAttribute("aria-activedescendant")
      list.replaceChildren(...found.map(entry))
      list.hidden = found.length === 0
      input.setAttribute("aria-expanded", String(!list.hidden))
    } catch {
      close()
    }
  }

  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(ask, WAIT)
  }

  input.addEventListener("input", (event) => event.isComposing || soon())
  input.addEventListener("compositionend", soon)
  input.addEventListener("blur", close)
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return
    if (event.key === "ArrowDown") mark(selected + 1)
    else if (event.key === "ArrowUp") mark(selected < 0 ? found.length - 1 : selected - 1)
    else if (event.key === "Enter" && selected >= 0) location.assign(found[selected].url)
    else if (event.key === "Escape") close()
    else return
    event.preventDefault()
  })
}

for (const form of document.querySelectorAll("form[data-suggest]")) attach(form)
