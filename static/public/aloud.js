// Reading a story aloud, where the device has a Chinese voice; without one there is no button for it.

// Voices read long texts badly and some break off after a quarter of a minute, so they are given a sentence at a time.
const SENTENCE = /.{1,120}?(?:[。！？；!?;…]+[”’」』）)]*|$)|.{1,120}/gsu
const READ = ".story-head :is(.kicker, h1, .subhead), .summary, .text :is(p, h2, h3, li, blockquote, tr, figcaption)"

const story = document.querySelector(".story")
const start = document.querySelector(".aloud-start")
const controls = document.querySelector(".aloud")
const said = document.querySelector("#reading-bar [role=status]")

// Mandarin of the mainland first, then whatever else calls itself Chinese.
const voice = () => {
  const found = speechSynthesis.getVoices().filter(({ lang }) => /^(zh|cmn)([-_]|$)/i.test(lang))
  return found.find(({ lang }) => /^(zh|cmn)([-_]hans)?[-_]cn/i.test(lang)) ?? found[0]
}

const attach = () => {
  const [pause, stop] = controls.querySelectorAll("button")
  const words = { pause: pause.textContent, goOn: pause.dataset.goOn }
  let sentences = []
  let place = 0
  let turn = 0 // what is still said by an utterance of an earlier turn is not listened to
  let isPaused = false

  const mark = (element) => {
    story.querySelector(".being-read")?.classList.remove("being-read")
    element?.classList.add("being-read")
  }

  const show = (isUnderWay) => {
    start.setAttribute("aria-pressed", String(isUnderWay))
    controls.hidden = !isUnderWay
    pause.textContent = isPaused ? words.goOn : words.pause
  }

  const say = () => {
    if (place >= sentences.length) return end()
    const { element, text, isFirst } = sentences[place]
    mark(element)
    if (isFirst) element.scrollIntoView({ block: "nearest" })
    const mine = ++turn
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.voice = voice() ?? null
    utterance.lang = utterance.voice?.lang ?? "zh-CN"
    utterance.onend = () => {
      if (mine !== turn) return
      place += 1
      say()
    }
    utterance.onerror = () => mine === turn && end()
    speechSynthesis.speak(utterance)
  }

  const hush = () => {
    turn += 1
    speechSynthesis.cancel()
  }

  const end = () => {
    hush()
    const hadFocus = controls.contains(document.activeElement)
    isPaused = false
    mark(null)
    show(false)
    said.textContent = controls.dataset.ended
    if (hadFocus) (start.checkVisibility() ? start : document.querySelector("main")).focus()
  }

  const begin = () => {
    const elements = [...story.querySelectorAll(READ)].filter((element) => !element.querySelector("p, li"))
    sentences = elements.flatMap((element) =>
      (element.textContent.trim().match(SENTENCE) ?? []).map((text, n) => ({ element, text, isFirst: n === 0 })),
    )
    place = 0
    show(true)
    say()
  }

  // Not the browser's own pause: on some telephones it ends the reading for good.
  pause.addEventListener("click", () => {
    isPaused = !isPaused
    show(true)
    if (isPaused) hush()
    else say()
  })
  stop.addEventListener("click", end)
  start.addEventListener("click", () => (controls.hidden ? begin() : end()))
  addEventListener("keydown", (event) => event.key === "Escape" && !controls.hidden && end())
  addEventListener("pagehide", hush)
  start.hidden = false
}

// Some browsers find their voices only after a while.
const offer = () => {
  if (!start.hidden || !voice()) return
  speechSynthesis.removeEventListener?.("voiceschanged", offer)
  attach()
}

if (story && "speechSynthesis" in window) {
  speechSynthesis.addEventListener?.("voiceschanged", offer)
  offer()
}
