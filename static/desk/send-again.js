// Back from signing in: the form gets the token of the new session, if it is the same person's. Without this script, or for
// somebody else, the server asks once more.

const form = document.getElementById("send-again")

form.addEventListener("submit", async (event) => {
  event.preventDefault()
  try {
    const answer = await fetch(form.dataset.reached, { cache: "no-store", redirect: "manual" })
    const told = answer.ok ? await answer.json() : {}
    if (form.dataset.person && String(told.person) === form.dataset.person) {
      form.querySelector("[name=csrfmiddlewaretoken]").value = told.token
    }
  } finally {
    form.submit()
  }
})
