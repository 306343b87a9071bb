/* Conveniences only: every page works without this file. */
(() => {
  'use strict'

  // An error is read first: the summary takes the focus, and its lines lead into the fields.
  document.querySelector('[data-focus]')?.focus()

  // Menus close with Escape and with a click elsewhere.
  const shut = (except) => document.querySelectorAll('.menu[open]').forEach((menu) => {
    if (menu !== except) menu.open = false
  })
  document.addEventListener('click', (event) => shut(event.target.closest('.menu')))
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && document.querySelector('.menu[open]')
    if (!menu) return
    shut()
    menu.querySelector('summary').focus()
  })

  // What is pressed twice is sent once; coming back to the page frees the form again.
  const sent = new WeakSet()
  document.addEventListener('submit', (event) => {
    if (event.defaultPrevented || event.target.method !== 'post') return
    if (sent.has(event.target)) event.preventDefault()
    else sent.add(event.target)
  })
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) document.querySelectorAll('form').forEach((form) => sent.delete(form))
  })

  // Passkeys are offered where the browser knows them; printing where there is a button for it.
  document.querySelectorAll('[data-passkey]').forEach((part) => { part.hidden = !window.PublicKeyCredential })
  document.querySelectorAll('[data-print]').forEach((button) => {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  })
})()
