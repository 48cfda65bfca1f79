// Rows of the form that can be added and removed: the byline and the photos; uploads while the form is filled in.

const words = JSON.parse(document.getElementById("desk-words").textContent)
const word = (text) => words[text] || text

const addRow = (rows) => {
  const total = rows.querySelector("[name$=-TOTAL_FORMS]")
  const template = rows.querySelector("template")
  const box = document.createElement("div")
  box.append(template.content.cloneNode(true))
  const index = total.value
  for (const element of box.querySelectorAll("*")) {
    for (const attribute of [...element.attributes]) {
      if (attribute.value.includes("__prefix__")) {
        element.setAttribute(attribute.name, attribute.value.replaceAll("__prefix__", index))
      }
    }
  }
  total.value = Number(index) + 1
  const row = box.firstElementChild
  template.before(row)
  ready(row)
  row.dispatchEvent(new CustomEvent("desk:row", { bubbles: true }))
  return row
}

const ready = (row) => {
  const box = row.querySelector("[name$=-DELETE]")
  const label = box.closest("label")
  const remove = document.createElement("button")
  remove.type = "button"
  remove.className = "button small remove"
  remove.textContent = word("Remove")
  remove.addEventListener("click", () => {
    box.checked = true
    row.classList.add("is-removed")
    box.dispatchEvent(new Event("input", { bubbles: true }))
    row.parentElement.querySelector("[data-add-row], .upload input")?.focus()
  })
  label.hidden = true
  label.after(remove)
  if (box.checked) row.classList.add("is-removed")

  const put = row.querySelector("[data-put-into-text]")
  const picture = row.querySelector("img")
  if (put && picture?.getAttribute("src")) {
    put.hidden = false
    put.addEventListener("click", () => {
      document.dispatchEvent(
        new CustomEvent("desk:put-into-text", {
          detail: { src: picture.getAttribute("src"), alt: row.querySelector("[name$=-alt]").value },
        }),
      )
    })
  }
}

for (const rows of document.querySelectorAll("[data-rows]")) {
  for (const row of rows.querySelectorAll("[data-row]")) ready(row)
  const add = rows.querySelector("[data-add-row]")
  if (add) {
    add.hidden = false
    // The empty row at the end is for those without this script; here it waits until it is asked for.
    let spare = [...rows.querySelectorAll("[data-row]")].slice(1).at(-1)
    if (spare?.querySelector("input[type=text]").value) spare = null
    if (spare) spare.hidden = true
    add.addEventListener("click", () => {
      const row = spare || addRow(rows)
      spare = null
      row.hidden = false
      row.querySelector("input[type=text]").focus()
    })
  }
}

// Photos

const upload = document.querySelector("[data-upload]")
const photos = document.getElementById("photos")

const send = async (file) => {
  const data = new FormData()
  data.append("picture", file)
  data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value)
  const answer = await fetch(upload.dataset.upload, { method: "POST", body: data })
  if (answer.status === 403) return { error: word("You are signed out. Press “save”: what you typed is kept, and you can sign in.") }
  if (answer.status !== 200 && answer.status !== 422) throw new Error(answer.statusText)
  return answer.json()
}

const say = (text, isError) => {
  const line = document.createElement("p")
  if (isError) {
    const list = document.createElement("ul")
    const item = document.createElement("li")
    list.className = "errorlist"
    item.textContent = text
    list.append(item)
    line.append(list)
  } else line.textContent = text
  upload.querySelector(".upload-state").append(line)
  return line
}

const showPhoto = ({ token, sha256, address }) => {
  const row = addRow(photos)
  row.dataset.sha = sha256
  row.querySelector("[name$=-token]").value = token
  const frame = document.createElement("span")
  const picture = document.createElement("img")
  const point = document.createElement("span")
  frame.className = "focus"
  point.className = "focus-point"
  picture.src = address
  picture.alt = ""
  frame.append(picture, point)
  row.querySelector(".photo-preview .photo-missing")?.remove()
  row.querySelector(".photo-preview").prepend(frame)
  row.querySelector(".remove").remove()
  ready(row)
  row.dispatchEvent(new CustomEvent("desk:row", { bubbles: true }))
}

export const receive = async (files) => {
  for (const file of files) {
    const line = say(`${word("Uploading…")} ${file.name}`)
    try {
      const answer = await send(file)
      if (answer.error) say(`${file.name}：${answer.error}`, true)
      else showPhoto(answer)
    } catch {
      say(word("The upload failed. Check the connection and choose the picture again."), true)
    }
    line.remove()
  }
}

if (upload) {
  const chosen = upload.querySelector("input[type=file]")
  chosen.addEventListener("change", async () => {
    const files = [...chosen.files]
    upload.querySelector(".upload-state").replaceChildren()
    chosen.value = ""
    await receive(files)
  })
  photos.addEventListener("dragover", (event) => {
    event.preventDefault()
    upload.classList.add("is-over")
  })
  photos.addEventListener("dragleave", () => upload.classList.remove("is-over"))
  photos.addEventListener("drop", (event) => {
    event.preventDefault()
    upload.classList.remove("is-over")
    receive([...event.dataTransfer.files])
  })
}

// Campaigns: a field that narrows the list down

const choices = document.getElementById("campaigns")
const filter = choices?.querySelector(".choices-filter")
if (filter && choices.querySelectorAll("label").length > 8) {
  filter.hidden = false
  filter.addEventListener("input", (event) => {
    event.stopPropagation()
    for (const label of choices.querySelectorAll("label")) {
      const isWanted = label.textContent.includes(filter.value.trim()) || label.querySelector(":checked")
      label.parentElement.hidden = !isWanted
    }
  })
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault()
  })
}
