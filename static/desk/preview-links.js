// Copies the address of a preview link.
import { copy } from "../copying.js";

const page = document.querySelector(".previews")
const said = document.querySelector(".preview-said")

for (const button of page.querySelectorAll("[data-copy]")) {
  button.hidden = false
  button.addEventListener("click", () => {
    said.textContent = ""
    said.textContent = copy({ "text/plain": button.dataset.copy }) ? page.dataset.done : page.dataset.failed
  })
}
