// The links are tried while one writes on; then the checks are asked again. Without this script the page comes anew.

const links = document.getElementById("ask-links")

links.addEventListener("submit", async (event) => {
  event.preventDefault()
  const button = event.submitter
  if (button.getAttribute("aria-disabled")) return
  const words = button.textContent
  button.setAttribute("aria-disabled", "true")
  button.textContent = button.dataset.busy
  try {
    await fetch(links.action, { method: "POST", body: new FormData(links), headers: { "X-Requested-With": "fetch" } })
    document.getElementById("article-form").dispatchEvent(new Event("input"))
  } finally {
    button.removeAttribute("aria-disabled")
    button.textContent = words
  }
})
