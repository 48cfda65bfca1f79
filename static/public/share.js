// Handing a story on: its address on the clipboard, or the device's own way of sharing. Nobody else is told.
import { copy } from "../copying.js";

const place = document.querySelector(".story-share")
const said = place.querySelector("[role=status]")
const { url, title, done, failed } = place.dataset

const copying = place.querySelector(".share-copy")
copying.hidden = false
copying.addEventListener("click", () => {
  said.textContent = ""
  said.textContent = copy({ "text/plain": url }) ? done : failed
  said.classList.remove("unseen")
})

if (navigator.share) {
  const sharing = place.querySelector(".share-device")
  sharing.hidden = false
  sharing.addEventListener("click", () => navigator.share({ title, url }).catch(() => {})) // called off
}
