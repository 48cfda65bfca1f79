// One button ticks every brief on the page, or takes all ticks away again.
const button = document.querySelector("[data-tick-all]")
const boxes = [...document.querySelectorAll("input[name=item][form=pass-in-bulk]")]

button.hidden = boxes.length < 2
button.addEventListener("click", () => {
  const tick = boxes.some((box) => !box.checked)
  for (const box of boxes) box.checked = tick
})
