/* Asks the browser for notifications, only when its button is pressed; without it the button stays hidden. */
(() => {
  'use strict'
  const form = document.querySelector('[data-push]')
  if (!form || !navigator.serviceWorker || !('PushManager' in window) || !('Notification' in window)) return
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  form.hidden = false
  form.querySelector('button').addEventListener('click', async () => {
    try {
      if (await Notification.requestPermission() !== 'granted') return
      await navigator.serviceWorker.register(form.dataset.worker)
      const worker = await navigator.serviceWorker.ready
      const asked = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.push) }
      const found = await worker.pushManager.subscribe(asked)
      form.endpoint.value = found.endpoint
      form.browser_key.value = text(found.getKey('p256dh'))
      form.secret.value = text(found.getKey('auth'))
    } catch {
      // an empty form is answered in words
    }
    form.submit()
  })
})()
