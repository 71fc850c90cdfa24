/** A reader page to measure: a running server, a long document with many threads, and a browser signed in to it. */
import { setTimeout } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findProgram } from '#tests/factories/find-program.ts'
import { ProseWriter } from '../parallels/write-prose.ts'

/** Where the measured server is and who reads; by default the demo's first reader. */
export const settings = {
  url: process.env.POSTIL_BENCH_URL ?? 'http://127.0.0.1:3000',
  email: process.env.POSTIL_BENCH_EMAIL ?? 'helen@example.org',
  password: process.env.POSTIL_BENCH_PASSWORD ?? 'read together',
}

/** Chromium as the tests run it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findProgram('chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  })
}

/** A page of somebody who has signed in; nothing is in its cache but what signing in needed. */
export async function signedInPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: settings.url, viewport: { width: 1360, height: 900 } })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  await page.goto('/healthz')
  const isIn = await page.evaluate(async ({ email, password }) => {
    const { csrfToken } = await (await fetch('/api/auth/csrf')).json()
    const body = new URLSearchParams({ csrfToken, email, password, json: 'true' })
    await fetch('/api/auth/callback/credentials', { method: 'POST', body })
    return (await fetch('/api/v1/me')).ok
  }, settings)
  if (!isIn) throw new Error(`${settings.email} cannot sign in at ${settings.url}`)
  return page
}

/**
 * Brings in a document of about `length` characters with `threads` notes in the first discussion layer, every third
 * paragraph of which another document quotes; gives its slug once these are found.
 */
export async function bringInLongDocument(page: Page, length: number, threads: number): Promise<string> {
  const { paragraphs, starts } = writeLongText(length, threads)
  const me = await call(page, 'GET', '/me')
  const layer = me.layers.find(({ kind }: { kind: string }) => kind === 'discussion')
  const bringIn = (title: string, texts: readonly string[]) =>
    call(page, 'POST', '/documents', {
      title,
      format: 'txt',
      content: texts.join('\n\n'),
      visibility: 'group',
      groups: layer.groups,
    })
  const made = await bringIn(`A long text with ${threads} notes`, paragraphs)
  const quoted = paragraphs.filter((_, at) => at % 3 === 0)
  await bringIn(
    'What quotes it',
    quoted.map((paragraph) => `It says “${paragraph.split(' ').slice(4, 40).join(' ')}” there.`),
  )
  const write = (start: number, at: number) =>
    call(page, 'POST', '/threads', {
      documentId: made.id,
      layerId: layer.id,
      kind: at % 7 === 0 ? 'question' : 'note',
      passages: [{ start, end: start + 60 + (at % 90) }],
      note: `Note ${at}: what stands here is worth a second look, and perhaps a third.`,
      tags: at % 5 === 0 ? ['look again'] : [],
    })
  for (const [at, start] of starts.entries()) await write(start, at)
  while ((await call(page, 'GET', `/documents/${made.id}/parallels?limit=200`)).items.length < 50)
    await setTimeout(2_000)
  return made.slug
}

async function call(page: Page, method: string, path: string, data?: unknown) {
  const headers = { origin: settings.url }
  const answer = await page.request.fetch(`/api/v1${path}`, { method, headers, data })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return answer.json()
}

/** Paragraphs of generated prose, and offsets spread evenly over them. */
function writeLongText(length: number, threads: number): { paragraphs: string[]; starts: number[] } {
  const writer = new ProseWriter(1)
  const paragraphs: string[] = []
  let written = 0
  for (let number = 1; written < length; number += 1) {
    const paragraph = `Paragraph ${number}. ${writer.write(60 + ((number * 37) % 120)).join(' ')}`
    paragraphs.push(paragraph)
    written += paragraph.length + 1
  }
  const step = Math.floor((written - 400) / threads)
  return { paragraphs, starts: Array.from({ length: threads }, (_, at) => 20 + at * step) }
}
