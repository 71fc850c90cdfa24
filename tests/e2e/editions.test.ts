/** A text comes in anew while people read it: what they see of it, before and after it is published. */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Document } from '#domain/wire/document.ts'
import { document } from '#domain/wire/document.ts'
import { anchorList, editionReport } from '#domain/wire/edition.ts'
import { seriousFindings } from './accessibility.ts'
import { askApi, bringIn, writeNote } from './ask-api.ts'
import { openBrowser } from './browser.ts'
import { eventually } from './eventually.ts'
import {
  blockWith,
  card,
  isOnScreen,
  noteField,
  openReader,
  selectedWords,
  untilReady,
} from './reader-page.ts'

const people = openBrowser()

const filler = (from: number) =>
  Array.from(
    { length: 12 },
    (_, at) =>
      `Paragraph ${from + at} tells what the miller said of the river on morning ${from + at}, at some length, so that it fills its lines.`,
  ).join('\n\n')
const before = `${filler(1)}\n\nThe lock was built in 1848 by Henry Gale.\n\n${filler(20)}\n\nEleven people were drowned below the mill.\n\n${filler(40)}`
const after = `A preface by another hand.\n\n${filler(1)}\n\nThe lock was built in 1849 by Henry Gale.\n\n${filler(20)}\n\n${filler(40)}`

/** A text in the sample group with a note of Anna's on words that change and one on words that are taken out. */
async function openStory() {
  const [helen, anna] = [await people.signedIn('helen'), await people.signedIn('anna')]
  const text = await bringIn(helen, { title: `The lock ${randomUUID().slice(0, 8)}`, content: before })
  const changed = await writeNote(anna, text, { words: 'built in 1848', note: 'Is the year right?' })
  const gone = await writeNote(anna, text, { words: 'Eleven people were drowned', note: 'Who counted?' })
  return { helen, anna, text, changed, gone }
}

const preview = (page: Page, { id }: Document) =>
  askApi(page, editionReport, 'POST', `/documents/${id}/editions`, { format: 'txt', content: after })
const publish = (page: Page, { id }: Document) =>
  askApi(page, document, 'POST', `/documents/${id}/editions/2/publish`)

const orphanMark = (page: Page) => page.getByRole('button', { name: /whose words are gone: “Eleven people/ })
const passages = (page: Page) => page.getByRole('list', { name: 'Passages' }).getByRole('listitem')

async function untilScripted(page: Page): Promise<void> {
  await eventually(() =>
    page.getByRole('main').evaluate((node) => Object.keys(node).some((key) => key.startsWith('__react'))),
  ).toBe(true)
}

test('a steward brings an edition in, sees what it does to each note, and publishes it', async () => {
  const { helen, text } = await openStory()
  await helen.goto(`/corpus/${text.slug}/editions`)
  await untilScripted(helen)
  expect(await seriousFindings(helen)).toEqual([])
  await helen.getByLabel('I paste it').check()
  await helen.getByLabel('Text', { exact: true }).fill(after)
  await helen.getByRole('button', { name: 'Preview this edition' }).click()
  await helen.getByRole('link', { name: '1 changed' }).click()
  const row = passages(helen).first()
  await row.getByText('Is the year right?').waitFor()
  expect(await row.getByRole('deletion').allTextContents()).toEqual(['1848'])
  expect(await row.getByRole('insertion').allTextContents()).toEqual(['1849'])
  expect(await seriousFindings(helen)).toEqual([])
  expect(
    (await (await people.signedIn('anna')).request.get(`/corpus/${text.slug}/editions/2`)).status(),
  ).toBe(404)

  await helen.getByRole('button', { name: 'Publish…' }).click()
  await helen.getByRole('dialog').getByText('Everybody reads edition 2 from now on').waitFor()
  await helen.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await helen.getByRole('button', { name: 'Roll back…' }).waitFor()
})

test('a passage is put elsewhere by keys alone', async () => {
  const { helen, text } = await openStory()
  await preview(helen, text)
  await helen.goto(`/corpus/${text.slug}/editions/2?state=orphaned`)
  await untilScripted(helen)
  await helen.keyboard.press('j')
  await helen.keyboard.press('p')
  await helen.getByRole('region', { name: 'The text of this edition' }).waitFor()
  expect(await seriousFindings(helen)).toEqual([])
  await helen.keyboard.press('v')
  await helen.keyboard.press('Control+Shift+ArrowRight')
  await eventually(() => selectedWords(helen)).toMatch(/^\S+\s+\S+/)
  const chosen = (await selectedWords(helen)).trim()
  await helen.getByRole('button', { name: 'Put it here', disabled: false }).waitFor()
  await helen.keyboard.press('Enter')
  await helen.getByText('You said that it stands here.').waitFor()
  const { items } = await askApi(helen, anchorList, 'GET', `/documents/${text.id}/editions/2/anchors`)
  expect(items.map(({ now }) => now.words)).toContain(chosen)
})

test('whoever decides what somebody else has decided meanwhile is told, and sees theirs', async () => {
  const { helen, anna, text } = await openStory()
  await preview(helen, text)
  await publish(helen, text)
  const address = `/corpus/${text.slug}/editions/2?state=changed`
  for (const page of [helen, anna]) {
    await page.goto(address)
    await untilScripted(page)
  }
  await anna.getByRole('button', { name: /The words are gone/ }).click()
  await anna.getByText('You left it as orphaned.').waitFor()
  await helen.getByRole('button', { name: /It stands here/ }).click()
  await helen.getByRole('alert').getByText('Anna Lindqvist decided this while you looked').waitFor()
  await helen.getByText('Anna Lindqvist left it as orphaned.').waitFor()
  await helen.getByRole('button', { name: 'Decide again' }).click()
  await helen.getByRole('button', { name: /Put it elsewhere/ }).waitFor()
})

test('who writes while an edition is published is told, goes on, and goes over with place and note when they want', async () => {
  const { helen, anna, text, changed } = await openStory()
  await openReader(anna, `/read/${text.slug}?thread=${changed.id}`)
  await card(anna, /note by you/)
    .getByRole('button', { name: 'Edit' })
    .first()
    .click()
  await noteField(anna).click()
  await anna.keyboard.press('Control+End')
  await anna.keyboard.type(' The church book')
  await preview(helen, text)
  await publish(helen, text)
  const news = anna.getByRole('complementary', { name: 'News of the text' })
  await news.getByText('A new edition has been published.').waitFor()
  expect(new URL(anna.url()).searchParams.get('thread')).toBe(changed.id)
  await anna.keyboard.type(' says 1849.')
  await anna.getByText('Saved', { exact: true }).waitFor()
  expect(await seriousFindings(anna)).toEqual([])
  await news.getByRole('button', { name: 'Go to it' }).click()
  await blockWith(anna, 'The lock was built in 1849').waitFor()
  await eventually(() => noteField(anna).innerText()).toBe('Is the year right? The church book says 1849.')
  await eventually(() => isOnScreen(anna, 'The lock was built in 1849')).toBe(true)
})

test('a note whose words are gone stands at its place, and a link to it shows that', async () => {
  const { helen, anna, text, gone } = await openStory()
  await preview(helen, text)
  await publish(helen, text)
  await openReader(anna, `/read/${text.slug}?thread=${gone.id}`)
  await eventually(() => orphanMark(anna).getAttribute('aria-expanded')).toBe('true')
  const open = card(anna, /note by you/).filter({ hasText: 'Who counted?' })
  await open.getByText('The words are no longer in the text.').waitFor()
  expect(await open.getByRole('deletion').innerText()).toBe('Eleven people were drowned')
  const [mark, words] = await Promise.all([orphanMark(anna).boundingBox(), open.boundingBox()])
  expect(Math.abs((mark?.y ?? 0) - (words?.y ?? 999))).toBeLessThan(60)
  expect(await seriousFindings(anna)).toEqual([])
  await anna.keyboard.press('Escape')
  await anna.locator(':focus[aria-label*="words are gone"]').waitFor()
  await anna.keyboard.press('Enter')
  await eventually(() => orphanMark(anna).getAttribute('aria-expanded')).toBe('true')
})

test('an older edition is read with its notes as they stood, beside the current one, and leads there', async () => {
  const { helen, anna, text } = await openStory()
  await preview(helen, text)
  await publish(helen, text)
  await openReader(anna, `/read/${text.slug}?edition=1`)
  const bar = anna.getByRole('complementary', { name: 'Edition' })
  await bar.getByText(/You are reading edition 1/).waitFor()
  await blockWith(anna, 'Eleven people were drowned').waitFor()
  expect(await orphanMark(anna).count()).toBe(0)
  expect(await seriousFindings(anna)).toEqual([])
  await bar.getByRole('link', { name: 'Compare the two' }).click()
  await anna.getByRole('list', { name: 'Edition 1 and edition 2' }).waitFor()
  await untilScripted(anna)
  await anna.keyboard.press('n')
  await anna.keyboard.press('n')
  await anna.getByText(/^Difference 2 of \d/).waitFor()
  expect(await anna.locator(':focus').getByRole('deletion').allTextContents()).toEqual(['1848'])
  expect(await anna.locator(':focus').getByText('1 note').count()).toBe(2)
  expect(await seriousFindings(anna)).toEqual([])
  await anna.goBack()
  await bar.getByRole('link', { name: 'Go to the current edition' }).click()
  await untilReady(anna)
  await orphanMark(anna).waitFor()
  expect(anna.url()).not.toContain('edition')
})
