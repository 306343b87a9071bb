/* The simple version reads its page aloud, where the browser has a voice for the language; otherwise nothing is shown. */
(() => {
  'use strict'
  const button = document.querySelector('[data-aloud]')
  const synth = window.speechSynthesis
  if (!button || !synth || !window.SpeechSynthesisUtterance) return

  const words = [button.textContent, button.dataset.aloud]
  const PARTS = 'h1, h2, h3, p, li, dt, dd, label, legend, summary, th, td, .button'
  const languageOf = (part) => part.closest('[lang]').lang
  const voiceFor = (lang) => synth.getVoices().find((voice) => voice.lang.slice(0, 2) === lang.slice(0, 2))

  // What stands in a part: without readings, which would be heard twice, and without what nobody sees.
  const textOf = (part) => {
    const copy = part.cloneNode(true)
    copy.querySelectorAll('rt, rp, script, [hidden], input, textarea, select').forEach((one) => one.remove())
    return copy.textContent.replace(/\s+/g, ' ').trim()
  }
  const parts = () => [...document.querySelectorAll(`#main :is(${PARTS}), #main svg[role=img]`)].filter((part) =>
    !part.parentElement.closest(PARTS) && part.getClientRects().length)

  const show = (speaking) => {
    button.textContent = words[Number(speaking)]
    button.setAttribute('aria-pressed', String(speaking))
  }
  const stop = () => { synth.cancel(); show(false) }
  const speak = () => {
    synth.cancel()
    const said = parts().map((part) => [part.getAttribute('aria-label') || textOf(part), languageOf(part)])
      .filter(([text, lang]) => text && voiceFor(lang))
    said.forEach(([text, lang], place) => {
      const utterance = new SpeechSynthesisUtterance(text)
      utterance.lang = lang
      utterance.voice = voiceFor(lang)
      utterance.rate = 0.9
      if (place === said.length - 1) utterance.onend = () => show(false)
      synth.speak(utterance)
    })
    show(said.length > 0)
  }

  const offer = () => { button.hidden = !voiceFor(document.querySelector('#main').closest('[lang]').lang) }
  button.addEventListener('click', () => (button.getAttribute('aria-pressed') === 'true' ? stop() : speak()))
  window.addEventListener('pagehide', stop)
  synth.addEventListener?.('voiceschanged', offer)
  offer()
})()
