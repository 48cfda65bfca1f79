// Who else has this article open. Asked every few seconds as long as the page is in front of somebody; the asking itself
// says that it is open here.

const box = document.querySelector("[data-together]")
const every = 15_000
let timer
let isOver = false

const told = (fields) => {
  const data = new FormData()
  data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value)
  data.append("seen_revision", box.dataset.revision)
  data.append("is_writing", box.dataset.writing)
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  return data
}

const show = ({ others, moved }) => {
  const lines = moved ? [moved, ...others] : others
  if (lines.join() === show.last) return
  show.last = lines.join()
  box.replaceChildren(
    ...lines.map((line) => {
      const part = document.createElement("span")
      part.textContent = line
      return part
    }),
  )
  box.hidden = !lines.length
}

const ask = async () => {
  clearTimeout(timer)
  if (document.hidden || isOver) return
  try {
    const answer = await fetch(box.dataset.together, { method: "POST", body: told({}) })
    // Signed out, or not allowed to read it any more: nothing is asked again.
    if (answer.status === 403 || answer.status === 404) isOver = true
    if (answer.ok) show(await answer.json())
  } catch {
    show({ others: [], moved: "" })
  }
  clearTimeout(timer)
  if (!document.hidden && !isOver) timer = setTimeout(ask, every)
}

document.addEventListener("visibilitychange", ask)
window.addEventListener("pageshow", ask)
window.addEventListener("pagehide", () => navigator.sendBeacon(box.dataset.together, told({ leaves: "1" })))
