// Nothing is sent twice by an impatient finger, and nothing typed is left behind by mistake.
// (The server recognises a second sending as well; this only spares the wait.)
(() => {
  const words = (() => {
    const store = document.getElementById("desk-words")
    return store ? JSON.parse(store.textContent) : {}
  })()
  const word = (text) => words[text] || text

  document.documentElement.classList.add("has-script")

  let typed = false
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault()
        return
      }
      form.dataset.sent = "yes"
      typed = false
      const state = form.querySelector(".form-bar-state")
      if (state) state.textContent = word("Saving…")
      // Not `disabled`: a disabled button would not be sent along.
      for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true")
    })
  }

  // Coming back with the browser's back button, the form may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-once]")) {
      delete form.dataset.sent
      for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled")
    }
  })

  const guarded = document.querySelector("form[data-guard]")
  if (guarded) {
    guarded.addEventListener("input", (event) => {
      if (!event.isTrusted && !(event.target instanceof HTMLTextAreaElement)) return
      typed = true
      const state = guarded.querySelector(".form-bar-state")
      if (state) state.textContent = word("Not saved yet")
    })
    window.addEventListener("beforeunload", (event) => {
      if (typed) event.preventDefault()
    })
  }
})()
