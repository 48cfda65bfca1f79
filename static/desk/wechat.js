// Copies each field for WeChat's editor; the text with its markup, and plain for where none is taken.
import { copy } from "../copying.js";

const fields = document.querySelector(".wechat")
const said = document.querySelector(".wechat-said")
const source = document.querySelector(".wechat-source")

const forms = (button) => {
  if (button.dataset.copy !== "content") {
    return { "text/plain": button.closest("dd").querySelector(".wechat-text").textContent }
  }
  return {
    "text/html": source.value,
    "text/plain": document.querySelector("#wechat-plain").content.textContent,
  }
}

document.querySelector(".wechat-by-hand").hidden = true
for (const button of fields.querySelectorAll("[data-copy]")) {
  button.hidden = false
  button.addEventListener("click", () => {
    said.textContent = ""
    const isDone = copy(forms(button))
    said.textContent = isDone ? `${button.textContent} · ${fields.dataset.done}` : fields.dataset.failed
  })
}
