{% load static %}// Shows without network what was kept on purpose, and nothing else: no page is kept here without being asked.
'use strict'
const SHELL = 'shell-1'
const UNTIL_SIGN_OUT = 'until-sign-out'
const OFFLINE = '{% url "portal:offline" %}'
const PARTS = ['{% get_static_prefix %}css/portal.css', '{% get_static_prefix %}js/keep.js']
const SIGN_IN = '{% url "account_login" %}'
const SIGN_OUT = '{% url "account_logout" %}'

self.addEventListener('install', (event) => event.waitUntil(
  caches.open(SHELL).then((cache) => cache.addAll([OFFLINE, ...PARTS])).then(() => self.skipWaiting())))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

// A kept page says of itself that it is a copy.
const copy = async (request) => {
  const found = await caches.match(request, { ignoreVary: true })
  if (!found) return caches.match(OFFLINE)
  if (!(found.headers.get('Content-Type') || '').startsWith('text/html')) return found
  const html = (await found.text()).replace('data-copy hidden', 'data-copy')
  return new Response(html, { headers: found.headers })
}

const ask = async (request) => {
  try {
    const response = await fetch(request)
    const path = new URL(request.url).pathname
    if (path === SIGN_IN || (path === SIGN_OUT && request.method === 'POST')) await caches.delete(UNTIL_SIGN_OUT)
    return response
  } catch (problem) {
    if (request.method !== 'GET') throw problem
    return copy(request)
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.mode === 'navigate') event.respondWith(ask(request))
  else if (request.method === 'GET' && ['style', 'script'].includes(request.destination)) {
    event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreVary: true })))
  }
})

// A notice: that there is one, and the way to it.
self.addEventListener('push', (event) => {
  const { title, url, tag } = event.data ? event.data.json() : {}
  if (title) event.waitUntil(self.registration.showNotification(title, { tag, data: url }))
})
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(event.notification.data))
})
