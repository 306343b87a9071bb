/* Reads a code before the camera on this device, where the browser can; without it the page has a field and a photo. */
(() => {
  'use strict'
  const part = document.querySelector('[data-camera]')
  if (!part || !('BarcodeDetector' in window) || !navigator.mediaDevices?.getUserMedia) return

  const field = document.getElementById(part.dataset.camera)
  const video = part.querySelector('video')
  const [start, stop] = ['start', 'stop'].map((name) => part.querySelector(`[data-does=${name}]`))
  let stream = null

  const say = (which) => part.querySelectorAll('[data-says]').forEach((words) => {
    words.hidden = words.dataset.says !== which
  })
  const end = (words) => {
    stream?.getTracks().forEach((track) => track.stop())
    stream = null
    video.srcObject = null
    video.hidden = stop.hidden = true
    start.hidden = false
    say(words)
  }
  const look = async (detector) => {
    if (!stream) return
    const [code] = await detector.detect(video).catch(() => [])
    if (!stream) return
    if (!code) return setTimeout(look, 200, detector)
    end()
    field.value = code.rawValue
    field.form.requestSubmit()
  }

  start.addEventListener('click', async () => {
    try {
      const detector = new window.BarcodeDetector({ formats: ['qr_code'] })
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      video.srcObject = stream
      video.hidden = stop.hidden = false
      start.hidden = true
      say('looking')
      await video.play()
      look(detector)
    } catch {
      end('refused')
    }
  })
  stop.addEventListener('click', () => end())
  window.addEventListener('pagehide', () => end())
  window.BarcodeDetector.getSupportedFormats().then((formats) => { part.hidden = !formats.includes('qr_code') })
})()
