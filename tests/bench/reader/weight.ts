/**
 * How much script the reader page loads: all script bytes as they cross the wire on a cold load, until nothing was
 * asked for during five seconds. Run beside a server in production mode: `tsx tests/bench/reader/weight.ts [slug]`.
 */
import type { Page } from 'playwright-core'
import { launchBrowser, signedInPage } from './reading-page.ts'

interface Loaded {
  readonly path: string
  readonly wireBytes: number
  readonly bytes: number
}

const idleMs = 5_000
const browser = await launchBrowser()
const page = await signedInPage(browser)
const slug = process.argv[2] ?? (await firstSlug(page))
const scripts = await measure(page, `/read/${slug}`)
await browser.close()

console.log(`Scripts of /read/${slug} on a cold load`)
for (const { path, wireBytes, bytes } of scripts)
  console.log(`${kilobytes(wireBytes)} of ${kilobytes(bytes)}  ${path}`)
console.log(
  `${kilobytes(scripts.reduce((sum, script) => sum + script.wireBytes, 0))}  in all (to stay below 180.0 kB)`,
)

async function measure(page: Page, address: string): Promise<readonly Loaded[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const asked = new Map<string, string>()
  const received = new Map<string, number>()
  const loaded: Loaded[] = []
  let lastAsked = Date.now()
  session.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    lastAsked = Date.now()
    if (type === 'Script' || /\.m?js(\?|$)/.test(request.url))
      asked.set(requestId, new URL(request.url).pathname)
  })
  session.on('Network.dataReceived', ({ requestId, dataLength }) => {
    received.set(requestId, (received.get(requestId) ?? 0) + dataLength)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = asked.get(requestId)
    if (path) loaded.push({ path, wireBytes: encodedDataLength, bytes: received.get(requestId) ?? 0 })
  })
  await page.goto(address)
  while (Date.now() - lastAsked < idleMs) await new Promise((resolve) => setTimeout(resolve, 100))
  return loaded.sort((a, b) => b.wireBytes - a.wireBytes)
}

async function firstSlug(page: Page): Promise<string> {
  return page.evaluate(async () => (await (await fetch('/api/v1/documents')).json()).items[0].slug)
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9)
}
