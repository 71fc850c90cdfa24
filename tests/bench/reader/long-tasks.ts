/**
 * Whether the reader stays answerable with a long text and many notes: brings in 170 kB with 1,000 threads, then
 * loads, scrolls and selects, and prints the longest tasks of each step; then the same without marks of parallels,
 * so that what these cost is seen.
 * `tsx tests/bench/reader/long-tasks.ts [slug of a document that is there already]`, against a server that was started
 * with `POSTIL_MAX_REQUESTS_PER_MINUTE=0`, since a thousand notes are more than one person may write in a minute.
 */
import type { CDPSession, Page } from 'playwright-core'
import { bringInLongDocument, launchBrowser, signedInPage } from './reading-page.ts'

declare global {
  interface Window {
    longTasks: { readonly start: number; readonly ms: number }[]
  }
}

const browser = await launchBrowser()
const page = await signedInPage(browser)
const slug = process.argv[2] ?? (await bringInLongDocument(page, 170_000, 1_000))
console.log(`/read/${slug}`)
for (const round of ['with parallels', 'without', 'with parallels', 'without']) {
  const reading = await signedInPage(browser)
  if (round === 'without')
    await reading.route('**/parallels/marks?*', (route) =>
      route.fulfill({ json: { marks: [], documents: [] } }),
    )
  console.log(round)
  await read(reading)
  await reading.context().close()
}
await browser.close()

async function read(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.longTasks = []
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        window.longTasks.push({ start: Math.round(startTime), ms: Math.round(duration) })
    }).observe({ type: 'longtask', buffered: true })
  })
  const tools = await page.context().newCDPSession(page)
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const watched = { page, tools }
  await step(watched, 'load', async () => {
    await page.goto(`/read/${slug}/1`)
    await page.locator('[data-card]').first().waitFor()
    await settle(page)
  })
  await step(watched, 'scroll', async () => {
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.mouse.move(500, 500)
    for (let at = 0; at < height; at += 700) await page.mouse.wheel(0, 700)
    await settle(page)
  })
  await step(watched, 'select', async () => {
    await page.evaluate(() => scrollTo(0, 2_000))
    await settle(page)
    await page.mouse.move(400, 300)
    await page.mouse.down()
    await page.mouse.move(700, 600, { steps: 30 })
    await page.mouse.up()
    await page.getByRole('toolbar', { name: 'Selected words' }).waitFor()
  })
  await step(watched, 'open a note', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await settle(page)
  })
}

/** A page whose work is counted. */
interface Watched {
  readonly page: Page
  readonly tools: CDPSession
}

async function step({ page, tools }: Watched, name: string, act: () => Promise<void>): Promise<void> {
  const before = await countWork(tools)
  await act()
  const after = await countWork(tools)
  const tasks = await page.evaluate(() => window.longTasks.splice(0))
  const longest = tasks.map(({ ms }) => ms).sort((a, b) => b - a)
  console.log(
    `${name.padEnd(12)} longest ${String(longest[0] ?? 0).padStart(4)} ms; over 50 ms: ${longest.length} (${longest.slice(0, 8).join(', ')}); ` +
      `${after.layouts - before.layouts} layouts, ${Math.round(1_000 * (after.seconds - before.seconds))} ms of work`,
  )
}

/** Layouts and seconds of work so far: a busy machine makes tasks longer, but these no more. */
async function countWork(tools: CDPSession): Promise<{ layouts: number; seconds: number }> {
  const { metrics } = await tools.send('Performance.getMetrics')
  const get = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  return {
    layouts: get('LayoutCount'),
    seconds: get('ScriptDuration') + get('LayoutDuration') + get('RecalcStyleDuration'),
  }
}

/** Waits until the page has been without a long task for half a second. */
async function settle(page: Page): Promise<void> {
  const from = await page.evaluate(() => performance.now())
  await page.waitForFunction((since) => {
    const last = window.longTasks.at(-1)
    return performance.now() - Math.max(since, last ? last.start + last.ms : 0) > 500
  }, from)
}
