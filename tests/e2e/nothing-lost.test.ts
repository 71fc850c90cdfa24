/** The server dies while two people write in one note: what each was told is true, and no word is lost. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { document } from '#domain/wire/document.ts'
import { threadWithReplies } from '#domain/wire/thread.ts'
import { askApi, writeNote } from './ask-api.ts'
import { openBrowser } from './browser.ts'
import { eventually } from './eventually.ts'
import { card, margin, noteField, openReader, wordsIn } from './reader-page.ts'
import { type RunningDemo, startDemo } from './running-server.ts'

const { signedIn } = openBrowser({ expects: /favicon|net::ERR_|WebSocket connection to/ })
let dataDir = ''
let demo: RunningDemo

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'postil-nothing-lost-'))
  demo = await startDemo({ POSTIL_DATA_DIR: dataDir, PORT: '0' })
})
afterAll(async () => {
  await demo.stop('SIGTERM')
  await rm(dataDir, { recursive: true, force: true })
})

/** The same server again: same data, same address. */
async function startAgain(): Promise<void> {
  const before = new URL(demo.url)
  demo = await startDemo({ POSTIL_DATA_DIR: dataDir, PORT: before.port })
  expect(demo.url).toBe(before.origin)
}

const says = (page: Page, words: string | RegExp) =>
  margin(page).getByRole('status').filter({ hasText: words }).waitFor()

test('after kill -9 everything that was shown as saved is there, the rest is sent again, and both agree', {
  timeout: 180_000,
}, async () => {
  const [helen, anna, bo] = await Promise.all(
    (['helen', 'anna', 'bo'] as const).map((person) => signedIn(person, { baseURL: demo.url })),
  )
  if (!helen || !anna || !bo) throw new Error('nobody came')
  const slug = await findSlug(helen)
  const on = await askApi(helen, document, 'GET', `/documents/${slug}`)
  const { id } = await writeNote(helen, on, {
    words: 'The weir is a bank of clay',
    note: 'Begun by Helen.',
    coWritten: true,
  })
  for (const page of [anna, bo]) {
    await openReader(page, `/read/${slug}/1`)
    const begun = card(page, /note by Helen/).filter({ hasText: 'Begun by Helen.' })
    await begun.click()
    await begun.getByRole('button', { name: 'Edit' }).click()
    await noteField(page).waitFor()
  }
  await anna.keyboard.type(' Anna was here.')
  await says(anna, /^Saved$/)
  await eventually(() => wordsIn(noteField(bo))).toContain('Anna was here.')
  await bo.keyboard.type(' Bo as well.')
  await says(bo, /^Saved$/)
  const saved = await wordsIn(noteField(bo))

  const writing = Promise.all([
    anna.keyboard.type(` ${'abcdefghij'.repeat(6)}`, { delay: 12 }),
    bo.keyboard.type(` ${'0123456789'.repeat(6)}`, { delay: 12 }),
  ])
  await eventually(() => wordsIn(noteField(anna))).toMatch(/abc.*0123|0123.*abc|a0|0a/s)
  await demo.stop('SIGKILL')
  await writing
  await Promise.all([says(anna, /^Not saved: offline/), says(bo, /^Not saved: offline/)])
  await anna.keyboard.type(' Anna offline.')
  await bo.keyboard.type(' Bo offline.')

  // Neither browser may bring back for the server what the server said that it has.
  await Promise.all([anna.context().setOffline(true), bo.context().setOffline(true)])
  await startAgain()
  const kept = await askApi(helen, threadWithReplies, 'GET', `/threads/${id}`)
  for (const sentence of ['Begun by Helen.', 'Anna was here.', 'Bo as well.']) {
    expect(saved).toContain(sentence)
    expect(kept.note?.text).toContain(sentence)
  }
  expect(kept.note?.text).not.toContain('offline')

  await Promise.all([anna.context().setOffline(false), bo.context().setOffline(false)])
  await Promise.all([says(anna, /^Saved$/), says(bo, /^Saved$/)])
  await eventually(async () => (await wordsIn(noteField(anna))) === (await wordsIn(noteField(bo)))).toBe(true)
  const agreed = await wordsIn(noteField(anna))
  for (const letter of 'abcdefghij0123456789') {
    expect(agreed.split(letter).length - 1, letter).toBeGreaterThanOrEqual(6)
  }
  expect(agreed).toContain(' offline.')

  await openReader(helen, `/read/${slug}/1`)
  const third = card(helen, 'note by you').filter({ hasText: 'Begun' })
  await eventually(() => wordsIn(third)).toContain(agreed)

  await demo.stop('SIGTERM')
  await startAgain()
  await eventually(
    async () => (await askApi(helen, threadWithReplies, 'GET', `/threads/${id}`)).note?.text,
  ).toBe(agreed)
})

test('while the server is away the reader says so, and is up to date by itself when it is back', async () => {
  const bo = await signedIn('bo', { baseURL: demo.url })
  const anna = await signedIn('anna', { baseURL: demo.url })
  const slug = await findSlug(bo)
  const on = await askApi(anna, document, 'GET', `/documents/${slug}`)
  await openReader(bo, `/read/${slug}/1`)
  await bo.context().setOffline(true)
  await demo.stop('SIGKILL')
  await says(bo, /^Offline/)
  await startAgain()
  await writeNote(anna, on, { words: 'The stone is sound', note: 'Written while Bo was away.' })
  await bo.context().setOffline(false)
  await card(bo, /note by Anna/)
    .getByText('Written while Bo was away.')
    .waitFor()
})

async function findSlug(page: Page): Promise<string> {
  await page.goto('/')
  const link = page.getByRole('link', { name: 'Report on the Failure of the Weir at Ashmere' })
  return (await link.first().getAttribute('href'))?.split('/')[2] ?? ''
}
