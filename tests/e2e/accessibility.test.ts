/** Pages that people use, as they stand when they are used: axe has nothing serious to say about any of them. */
import { randomUUID } from 'node:crypto'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { bringIn, writeNote } from './ask-api.ts'
import { openBrowser } from './browser.ts'
import { card, margin, noteField, openReader, selectionBar, selectWords } from './reader-page.ts'

const { signedIn, visitor } = openBrowser({ expects: /favicon/ })

/** A text with a note and a question on it, opened by Anna. */
async function readAnnotated(options: BrowserContextOptions = {}): Promise<Page> {
  const helen = await signedIn('helen')
  const text = await bringIn(helen, {
    title: `A short walk ${randomUUID().slice(0, 8)}`,
    format: 'md',
    content:
      '# A short walk\n\nThe bank was green in *April*.\n\n> Somebody who knows clay be sent to look.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nNobody was sent.[^1]\n\n[^1]: A note of the author.',
  })
  await writeNote(helen, text, { words: 'The bank was green', note: 'In which year?', kind: 'question' })
  await writeNote(helen, text, { words: 'green in April', note: 'A word', tags: ['colour'] })
  const anna = await signedIn('anna', options)
  await openReader(anna, `/read/${text.slug}`)
  return anna
}

describe('axe finds nothing serious in either theme', () => {
  test('on sign-in', async () => {
    const page = await visitor()
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  test.each([
    ['the corpus', '/', 'Corpus'],
    ['the groups', '/groups', /groups/i],
    ['bringing in a text', '/corpus/add', /text/i],
  ])('on %s', async (_, address, title) => {
    const page = await signedIn('helen')
    await page.goto(address)
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  test('in the reader: with notes, with one open, and with words selected', async () => {
    const page = await readAnnotated()
    await card(page, /question by Helen/).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await card(page, /question by Helen/).click()
    await page.getByRole('button', { name: 'Reply' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await selectWords(page, 'Nobody was sent')
    expect(await seriousFindings(page)).toEqual([])
  })

  test('in the reader: with a note open for writing and the panels of its bar', async () => {
    const page = await readAnnotated()
    await selectWords(page, 'Nobody was sent')
    await selectionBar(page).getByRole('button', { name: /^Note/ }).click()
    await noteField(page).pressSequentially('Whose task was it?')
    await margin(page).getByText('Saved', { exact: true }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    for (const panel of ['Find', 'Filter', 'Text size and theme']) {
      await page.getByRole('button', { name: panel, exact: true }).click()
      expect(await seriousFindings(page), panel).toEqual([])
    }
  })

  test('in the reader on a narrow screen, with its sheet open', async () => {
    const page = await readAnnotated({ viewport: { width: 390, height: 800 }, hasTouch: true })
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: /^Notes \d/ }).click()
    await card(page, /question by Helen/).click()
    expect(await seriousFindings(page)).toEqual([])
  })
})
