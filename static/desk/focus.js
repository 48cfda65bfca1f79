// The point of a photo that stays in sight where it is cut: pressed or dragged on the picture, kept in two numbers.

const photos = document.getElementById("photos")
const MIDDLE = 50

const numbersOf = (row) => [row.querySelector("[name$=-focus_x]"), row.querySelector("[name$=-focus_y]")]

const show = (row) => {
  const point = row.querySelector(".focus-point")
  if (!point) return
  const [across, down] = numbersOf(row).map((field) => (field.value === "" ? MIDDLE : Number(field.value)))
  point.style.setProperty("inset-inline-start", `${across}%`)
  point.style.setProperty("inset-block-start", `${down}%`)
}

const choose = (frame, event) => {
  const box = frame.getBoundingClientRect()
  const places = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
  for (const [n, field] of numbersOf(frame.closest("[data-row]")).entries()) {
    const step = Number(field.step)
    const value = String(Math.round(Math.min(1, Math.max(0, places[n])) * 100 / step) * step)
    if (field.value === value) continue
    field.value = value
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

if (photos) {
  for (const row of photos.querySelectorAll("[data-row]")) show(row)
  photos.addEventListener("desk:row", (event) => show(event.target))
  photos.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]")
    if (row) show(row)
  })
  photos.addEventListener("click", (event) => {
    const frame = event.target.closest(".focus")
    if (frame) choose(frame, event)
  })
  // A finger that moves over the picture scrolls the page; it drags only by the point itself.
  photos.addEventListener("pointerdown", (event) => {
    const frame = event.target.closest(".focus")
    const isPoint = event.target.classList.contains("focus-point")
    if (!frame || event.button !== 0 || (event.pointerType === "touch" && !isPoint)) return
    event.target.setPointerCapture(event.pointerId)
    const follow = (moved) => choose(frame, moved)
    event.target.addEventListener("pointermove", follow)
    event.target.addEventListener("lostpointercapture", () => event.target.removeEventListener("pointermove", follow), {
      once: true,
    })
  })
  photos.addEventListener("dragstart", (event) => {
    if (event.target.closest(".focus")) event.preventDefault()
  })
}
