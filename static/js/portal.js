/* Conveniences only: every page works without this file. */
(() => {
  'use strict'

  // What no page needs at first waits until it is drawn: on a slow line it would compete with the style.
  const { manifest, later } = document.currentScript?.dataset ?? {}
  const add = (name, attributes) => document.head.append(Object.assign(document.createElement(name), attributes))
  const addAll = () => {
    if (manifest) add('link', { rel: 'manifest', href: manifest })
    later?.split(' ').filter(Boolean).forEach((src) => add('script', { src }))
  }
  // what the browser says it painted is on the screen; a browser that does not say it gets a moment
  const painted = new Promise((done) => {
    if (!window.PerformanceObserver?.supportedEntryTypes?.includes('paint')) return setTimeout(done, 500)
    new PerformanceObserver((list) => { if (list.getEntriesByName('first-contentful-paint').length) done() })
      .observe({ type: 'paint', buffered: true })
  })
  window.addEventListener('load', () => painted.then(addAll))

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

  // Two minutes before the session ends somebody is asked. At its end, network or none, what the page showed
  // goes; forms in which somebody wrote stay.
  const ends = document.querySelector('[data-ends-in]')
  const dialog = document.getElementById('ending')
  if (ends && dialog?.showModal) {
    const [before, after] = dialog.querySelectorAll('[data-before], [data-after]')
    const from = (part) => Date.now() + 1000 * part.dataset.endsIn
    let end = from(ends)
    let said = null
    // each is said once: who closes it has read it
    const say = (part) => {
      if (part === said) return
      said = part
      before.hidden = part !== before
      after.hidden = part !== after
      if (!dialog.open) dialog.showModal()
    }
    const written = (form) => [...form.elements].some((field) => /radio|checkbox/.test(field.type)
      ? field.checked !== field.defaultChecked
      : field.defaultValue !== undefined && field.value !== field.defaultValue)
    const empty = () => {
      const forms = [...document.forms].filter(written)
      document.querySelectorAll('main .wrap *, .band').forEach((part) => {
        if (!forms.some((form) => form.contains(part) || part.contains(form))) part.remove()
      })
      document.title = document.querySelector('.brand').textContent
    }
    setInterval(() => {
      const left = end - Date.now()
      if (left <= 0) empty()
      if (left <= 120000) say(left > 0 ? before : after)
    }, 2000)
    before.querySelector('a').addEventListener('click', async (event) => {
      event.preventDefault()
      const answer = await fetch(event.target.href).catch(() => null)
      if (!answer) return // no network: the question stays, to be answered again
      const page = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html')
      const part = page && page.querySelector('[data-ends-in]')
      if (!part) return say(after)
      end = from(part)
      said = null
      dialog.close()
    })
    after.querySelector('button').addEventListener('click', () => dialog.close())
  }

  // Passkeys are offered where the browser knows them; printing where there is a button for it.
  document.querySelectorAll('[data-passkey]').forEach((part) => { part.hidden = !window.PublicKeyCredential })
  const print = document.querySelector('[data-print]') // one is enough: the footer of the simple version has its own
  if (print) print.hidden = false
  print?.addEventListener('click', () => window.print())
})()
