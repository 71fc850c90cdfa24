// @ts-check
/// <reference lib="webworker" />
/**
 * Lets the open document reload without a connection.
 *
 * It keeps, for one account at a time: the sections that were read, the first listing of their notes, and the parts of
 * the page. The network always comes first, but for parts whose address changes with their content; what is kept is
 * answered only when no connection stands. Whoever signs in or out makes it forget everything, and so does a page of
 * another account.
 */
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self))

const pages = 'postil-pages-'
const parts = 'postil-parts'
/** Sections and listings of one account, and parts; what was kept longest ago goes first. */
const most = { answers: 80, parts: 300 }

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))

worker.addEventListener('message', (event) => {
  const { kind, account, answers, parts: wanted } = event.data ?? {}
  if (kind === 'keep') event.waitUntil(keep(String(account), answers, wanted))
  if (kind === 'forget') event.waitUntil(forgetAll())
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname, searchParams } = new URL(request.url)
  if (origin !== worker.location.origin) return
  // Signing in and out: whose pages these were no longer matters.
  if (pathname.startsWith('/api/auth/') && request.method === 'POST') event.waitUntil(forgetAll())
  if (request.method !== 'GET') return
  if (pathname.startsWith('/_next/static/')) event.respondWith(fromParts(request))
  else if (request.mode === 'navigate' && pathname.startsWith('/read/')) event.respondWith(fromNetwork(event))
  else if (/^\/api\/v1\/documents\/[^/]+\/threads$/.test(pathname) && !searchParams.has('since'))
    event.respondWith(fromNetwork(event))
})

/**
 * Keeps a page with its listings and its parts for an account, and nothing of any other.
 * @param {string} account
 * @param {string[]} answers
 * @param {string[]} wanted
 */
async function keep(account, answers, wanted) {
  await forgetOthers(account)
  const [own, shared] = await Promise.all([caches.open(pages + account), caches.open(parts)])
  await Promise.all(
    wanted.map(async (part) => {
      if (!(await shared.match(part))) await shared.add(part).catch(() => null)
    }),
  )
  await trim(shared, most.parts)
  for (const address of answers) {
    const answer = await fetch(address, { credentials: 'same-origin' }).catch(() => null)
    if (answer?.ok && !answer.redirected) await put(own, address, answer)
  }
}

/**
 * Asks the server; without an answer, what is kept of the account whose pages are kept.
 * @param {FetchEvent} event
 * @returns {Promise<Response>}
 */
async function fromNetwork({ request }) {
  const own = await openOwn()
  const key = toKey(request)
  try {
    const answer = await fetch(request)
    if (own && answer.ok && !answer.redirected) await put(own, key, answer.clone())
    // What one may not read any more is not kept either.
    else if (answer.type === 'opaqueredirect' || [401, 403, 404].includes(answer.status))
      await own?.delete(key)
    return answer
  } catch (error) {
    const kept = (await own?.match(key)) ?? (await own?.match((await lastSection(own, key)) ?? key))
    if (kept) return kept
    throw error
  }
}

/**
 * A part is the same for everyone for ever: its address changes with its content.
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function fromParts(request) {
  const kept = await (await caches.open(parts)).match(request.url)
  return kept ?? fetch(request)
}

/** The pages of the account for which pages are kept, or null. */
async function openOwn() {
  const name = (await caches.keys()).find((one) => one.startsWith(pages))
  return name === undefined ? null : caches.open(name)
}

/**
 * The section of a document that was read last, for an address that names the document alone.
 * @param {Cache} own
 * @param {string} key
 */
async function lastSection(own, key) {
  const sections = (await own.keys()).map(({ url }) => url).filter((url) => url.startsWith(`${key}/`))
  return sections.at(-1)
}

/**
 * @param {Cache} own
 * @param {string} key
 * @param {Response} answer
 */
async function put(own, key, answer) {
  await own.delete(key)
  await own.put(key, answer)
  await trim(own, most.answers)
}

/**
 * @param {Cache} cache
 * @param {number} length
 */
async function trim(cache, length) {
  const keys = await cache.keys()
  for (const old of keys.slice(0, Math.max(0, keys.length - length))) await cache.delete(old)
}

/**
 * A section is the same page wherever in it one begins.
 * @param {Request} request
 */
function toKey(request) {
  const url = new URL(request.url)
  return request.mode === 'navigate' ? url.origin + url.pathname : request.url
}

/** @param {string} account */
async function forgetOthers(account) {
  for (const name of await caches.keys())
    if (name.startsWith(pages) && name !== pages + account) await caches.delete(name)
}

async function forgetAll() {
  for (const name of await caches.keys()) if (name.startsWith('postil-')) await caches.delete(name)
}
