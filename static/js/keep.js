/* Keeps a page readable without network, only when asked to: until signing out, or on purpose for longer. */
(() => {
  'use strict'
  const PLACES = ['until-sign-out', 'kept']
  const part = document.querySelector('[data-keep]')
  const list = document.querySelector('[data-kept-list]')
  if (!('caches' in window)) return

  const eachKept = async (use) => {
    for (const name of PLACES) {
      if (!await caches.has(name)) continue
      const cache = await caches.open(name)
      for (const request of await cache.keys()) await use(request, cache, name)
    }
  }

  // On the page that stands in for all others without network: what this device keeps.
  if (list) {
    eachKept(async (request, cache) => {
      const response = await cache.match(request)
      if (!(response.headers.get('Content-Type') || '').startsWith('text/html')) return
      const link = document.createElement('a')
      link.href = request.url
      link.textContent = new DOMParser().parseFromString(await response.text(), 'text/html').title
      list.appendChild(document.createElement('li')).append(link)
      list.hidden = false
    })
  }
  if (!part || !navigator.serviceWorker) return

  const here = location.pathname
  const pages = [here, ...part.dataset.keep.split(' ').filter(Boolean)]
  const styles = [...document.querySelectorAll('link[rel=stylesheet]')].map((sheet) => sheet.href)
  const show = async () => {
    let where = ''
    await eachKept((request, _cache, name) => { if (new URL(request.url).pathname === here) where = name })
    part.querySelectorAll('[data-kept]').forEach((words) => { words.hidden = words.dataset.kept !== where })
    part.querySelectorAll('[data-keep-in]').forEach((button) => { button.hidden = button.dataset.keepIn === where })
    part.hidden = false
  }
  const keep = async (place) => {
    await eachKept((request, cache) => {
      const path = new URL(request.url).pathname
      if (pages.includes(path)) return cache.delete(request)
    })
    if (place) {
      await navigator.serviceWorker.register(part.dataset.worker)
      const cache = await caches.open(place)
      for (const address of [...pages, ...styles]) {
        const response = await fetch(address)
        if (response.ok && !response.redirected) await cache.put(address, response)
      }
    }
    await show()
  }
  part.addEventListener('click', (event) => {
    const button = event.target.closest('[data-keep-in]')
    if (button) keep(button.dataset.keepIn)
  })
  show()
})()
