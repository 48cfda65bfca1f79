// Puts something on the clipboard, in every form that is handed over, and says whether it is there. Not the clipboard of
// the newer interface: browsers withhold that in an office network without certificates.

export const copy = (forms) => {
  let isDone = false
  const hand = (event) => {
    for (const [type, text] of Object.entries(forms)) event.clipboardData.setData(type, text)
    event.preventDefault()
    isDone = true
  }
  document.addEventListener("copy", hand, { once: true })
  document.execCommand("copy")
  document.removeEventListener("copy", hand)
  return isDone
}
