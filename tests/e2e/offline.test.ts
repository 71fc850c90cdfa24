/** What a person writes without a connection is kept on their device, through a reload and a closed tab, and sent. */
import { randomUUID } from 'node:crypto'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { beforeAll, expect, inject, test, vi } from 'vitest'
import { z } from 'zod'
import type { Document } from '#domain/wire/document.ts'
import { threadList } from '#domain/wire/thread.ts'
import { connectClient } from '#tests/sync/sync-client.ts'
import { askApi, bringIn, discussionOf, writeNote } from './ask-api.ts'
import { openBrowser } from './browser.ts'
import { eventually } from './eventually.ts'
import { card, margin, noteField, openReader, selectionBar, selectWords } from './reader-page.ts'

const { signedIn, anotherTab } = openBrowser({
  expects: /favicon|net::ERR_|WebSocket connection to|status of 40[149]/,
})

const words = 'the keeper walked the bank from the mill'

/** A text that nobody has written on, open before Anna in a browser that has all it needs to go on without a network. */
async function readPrepared(): Promise<Reading> {
  const [helen, anna] = await Promise.all([signedIn('helen'), signedIn('anna')])
  const text = await bringIn(helen, {
    title: `The keeper’s book ${randomUUID().slice(0, 8)}`,
    content: `On day one ${words} to the church and back.\n\nOn day two he rested.`,
  })
  await helen.context().close()
  await openReader(anna, `/read/${text.slug}/1`)
  // Whoever selects something may be about to write: the reader brings what that needs.
  await selectWords(anna, 'he rested')
  const isKept = (address: string) => caches.match(address).then((kept) => kept !== undefined)
  await vi.waitFor(async () => expect(await anna.evaluate(isKept, anna.url())).toBe(true), 60_000)
  await anna.evaluate(() => getSelection()?.removeAllRanges())
  await selectionBar(anna).waitFor({ state: 'detached' })
  return { anna, text, context: anna.context() }
}

interface Reading {
  readonly anna: Page
  readonly text: Document
  readonly context: BrowserContext
}

/** One for each test; all are prepared at once. */
const readings: Reading[] = []
beforeAll(async () => {
  readings.push(...(await Promise.all([readPrepared(), readPrepared(), readPrepared(), readPrepared()])))
})

function nextReading(): Reading {
  const reading = readings.pop()
  if (!reading) throw new Error('nobody reads any more')
  return reading
}

/** Cuts the network, and waits until the page says so. */
async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await margin(page).getByText('Offline. What you see may be old').waitFor()
}

/** Opens the list of what is kept on the device, and waits until words are in it: from then on they outlive the page. */
async function untilUnsent(page: Page, written: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Your unsent words' }).click()
  const unsent = page.getByRole('region', { name: 'Your unsent words' })
  await unsent.getByText(written).waitFor()
  return unsent
}

async function beginNote(page: Page, written: string): Promise<void> {
  await selectWords(page, words)
  await selectionBar(page).getByRole('button', { name: /^Note/ }).click()
  await eventually(() => noteField(page).evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type(written)
}

/** The words of all notes on the text, as the server has them. */
async function wordsOnServer(page: Page, text: Document): Promise<(readonly [string, string | undefined])[]> {
  const layer = await discussionOf(page)
  const { items } = await askApi(page, threadList, 'GET', `/documents/${text.id}/threads?layer=${layer}`)
  return items.map(({ state, note, replies }) => [
    state,
    [note?.text, ...replies.map((one) => one.text)].join(' / '),
  ])
}

test('a note begun without a connection outlives a reload and a closed tab, and is sent and posted on return', async () => {
  const { anna, text, context } = nextReading()
  await goOffline(anna)
  await beginNote(anna, 'Begun without a connection.')
  await margin(anna)
    .getByText(/^Not saved: offline/)
    .waitFor()
  await card(anna, 'note by you').getByText('not sent yet').waitFor()

  await anna.reload()
  await anna.getByText('On day two he rested.').waitFor()
  await card(anna, 'note by you').getByText('Begun without a connection.').waitFor()
  await card(anna, 'note by you').click()
  await card(anna, 'note by you').getByRole('button', { name: 'Go on writing' }).click()
  await noteField(anna).waitFor()
  await anna.keyboard.type(' And gone on with.')
  await anna.getByRole('button', { name: 'Post', exact: true }).click()
  await noteField(anna).waitFor({ state: 'detached' })
  await anna.close()

  await context.setOffline(false)
  const later = await anotherTab(context)
  await openReader(later, `/read/${text.slug}/1`)
  await eventually(() => wordsOnServer(later, text)).toEqual([
    ['posted', 'Begun without a connection. And gone on with.'],
  ])
  await card(later, 'note by you').getByText('not sent yet').waitFor({ state: 'detached' })
  await context.close()
})

test('a reply and words in a note are sent; those for a note that was deleted are offered back', async () => {
  const { anna, text, context } = nextReading()
  await writeNote(anna, text, { words: 'On day two he rested', note: 'Why did he rest?', kind: 'question' })
  const doomed = await writeNote(anna, text, { words, note: 'A hasty note.' })
  const question = card(anna, 'question by you')
  await question.click()
  await goOffline(anna)
  await question.getByRole('button', { name: 'Reply' }).click()
  await anna.getByRole('textbox', { name: /^Your reply to/ }).pressSequentially('It was Sunday.')
  await question.getByRole('button', { name: 'Reply', exact: true }).click()
  await question.getByText('not sent yet').waitFor()
  await context.setOffline(false)
  await question.getByText('not sent yet').waitFor({ state: 'detached' })

  await card(anna, 'note by you').click()
  await card(anna, 'note by you').getByRole('button', { name: 'Edit' }).click()
  await noteField(anna).waitFor()
  await goOffline(anna)
  await anna.keyboard.type(' Words for nobody.')
  await margin(anna)
    .getByText(/^Not saved: offline/)
    .waitFor()
  await card(anna, 'note by you').getByText('not sent yet').waitFor()
  await untilUnsent(anna, 'A hasty note. Words for nobody.')
  await anna.close()
  await context.setOffline(false)

  const later = await signedIn('anna')
  const origin = inject('demoUrl')
  await later.request.delete(`/api/v1/threads/${doomed.id}`, { headers: { origin } })
  await later.context().close()
  const back = await anotherTab(context)
  await openReader(back, `/read/${text.slug}/1`)
  const unsent = await untilUnsent(back, 'A hasty note. Words for nobody.')
  await unsent.getByRole('button', { name: 'Discard' }).click()
  await unsent.waitFor({ state: 'detached' })
  expect(await wordsOnServer(back, text)).toEqual([['posted', 'Why did he rest? / It was Sunday.']])
  await context.close()
})

test('words for a note that another wrote in are joined to theirs; those that may not be written any more are offered back', async () => {
  const { anna, text, context } = nextReading()
  const question = {
    words: 'On day two he rested',
    note: 'Why did he rest?',
    kind: 'question',
    coWritten: true,
  } as const
  const { id } = await writeNote(anna, text, question)
  const mine = card(anna, 'question by you')
  await mine.click()
  await mine.getByRole('button', { name: 'Edit' }).click()
  await noteField(anna).waitFor()
  await goOffline(anna)
  await anna.keyboard.type(' Was it Sunday?')
  await mine.getByText('not sent yet').waitFor()
  const bo = await signedIn('bo')
  const { token } = await askApi(bo, z.object({ token: z.string() }), 'POST', '/me/tokens', {
    name: 'script',
  })
  const script = connectClient(inject('demoUrl'), `note/${id}`, { token })
  await script.synced()
  script.write('He was ill.')
  await eventually(() => script.heard.saved.at(-1) === script.sent()).toBe(true)
  await context.setOffline(false)
  const joined = 'Why did he rest? Was it Sunday?\n\nHe was ill.'
  await eventually(() => wordsOnServer(anna, text)).toEqual([['posted', joined]])
  await noteField(anna).getByText('He was ill.').waitFor()
  await margin(anna).getByText('Saved', { exact: true }).waitFor()

  await goOffline(anna)
  await anna.keyboard.type(' Too late.')
  await untilUnsent(anna, 'Why did he rest? Was it Sunday? Too late.')
  await anna.close()
  const helen = await signedIn('helen')
  await askApi(helen, z.unknown(), 'POST', `/threads/${id}/moderation`, { locked: true })
  await context.setOffline(false)
  const back = await anotherTab(context)
  await openReader(back, `/read/${text.slug}/1`)
  const unsent = await untilUnsent(back, 'Why did he rest? Was it Sunday? Too late.')
  await unsent.getByText('This thread is locked.').waitFor()
  expect(await wordsOnServer(back, text)).toEqual([['posted', joined]])
  script.leave()
  await context.close()
})

test('signing out asks about words that were never sent, and leaves nothing of the account behind', async () => {
  const { anna, context } = nextReading()
  await goOffline(anna)
  await beginNote(anna, 'For my eyes only.')
  await card(anna, 'note by you').getByText('not sent yet').waitFor()
  await anna.close()
  await context.setOffline(false)
  const tab = await anotherTab(context)
  await tab.goto('/')
  await tab.getByRole('button', { name: /^Account and appearance/ }).click()
  await tab.getByRole('button', { name: 'Sign out' }).click()
  await tab.getByText(/you wrote in this browser was never sent/).waitFor()
  await tab.getByRole('button', { name: 'Erase and sign out' }).click()
  await tab.getByRole('link', { name: 'Sign in' }).first().waitFor()
  const left = await tab.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    drafts: Object.keys(localStorage).filter((key) => key.startsWith('postil-')),
  }))
  expect(left).toEqual({ databases: [], caches: [], drafts: [] })
  await context.close()
})
