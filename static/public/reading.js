// The reading bar: larger type, contrast, spacing and a ruler. It is shown only where this runs; a browser's own zoom does
// without it.
import { CHOICES, choose, chosen } from "./reading-kept.js";

const bar = document.querySelector("#reading-bar")
const toggle = document.querySelector(".menu-reading button")
const said = bar.querySelector("[role=status]")
const buttons = [...bar.querySelectorAll("button[name]")]

const ruler = document.createElement("div")
ruler.className = "reading-ruler"
ruler.setAttribute("aria-hidden", "true")
document.body.append(ruler)
const lay = (y) => {
  ruler.style.translate = `0 ${Math.round(y)}px`
}

const show = () => {
  toggle.setAttribute("aria-expanded", String(chosen("bar") === "open"))
  for (const button of buttons) button.setAttribute("aria-pressed", String(chosen(button.name) === button.value))
}

const press = ({ name, value, textContent }) => {
  const isSwitch = buttons.filter((button) => button.name === name).length === 1
  const isOn = chosen(name) === value
  choose(name, isSwitch && isOn ? "" : value)
  said.textContent = isSwitch ? `${textContent} ${isOn ? bar.dataset.off : bar.dataset.on}` : textContent
  show()
}

for (const button of buttons) button.addEventListener("click", () => press(button))

toggle.addEventListener("click", () => {
  choose("bar", chosen("bar") === "open" ? "" : "open")
  show()
})

bar.querySelector(".reading-reset").addEventListener("click", (event) => {
  for (const name of Object.keys(CHOICES)) if (name !== "bar") choose(name, "")
  said.textContent = event.target.textContent
  show()
})

bar.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  choose("bar", "")
  show()
  toggle.focus()
})

for (const moved of ["pointermove", "pointerdown"]) addEventListener(moved, (event) => lay(event.clientY), { passive: true })
addEventListener("focusin", (event) => lay(event.target.getBoundingClientRect().bottom))

document.addEventListener("reading", show)
lay(innerHeight / 3)
show()
document.documentElement.dataset.reads = ""
