/** Reading: who may, where an address leads, how one moves about in a text and its margin, with and without a mouse. */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Document } from '#domain/wire/document.ts'
import { bringIn, writeNote } from './ask-api.ts'
import { emails, openBrowser, password } from './browser.ts'
import { eventually } from './eventually.ts'
import {
  blockWith,
  card,
  clickWords,
  isOnScreen,
  margin,
  openReader,
  paintedWords,
  placeOf,
  selectedWords,
  selectionBar,
  selectWords,
} from './reader-page.ts'

const { signedIn, visitor } = openBrowser({ expects: /favicon/ })

const paragraph = (at: number) =>
  `Paragraph number ${at} tells how the river stood that morning, what the miller said of it, and who went down to look; it says so in words enough to fill three lines of a page.`
const short = Array.from({ length: 40 }, (_, at) => paragraph(at + 1)).join('\n\n')
const long = Array.from({ length: 1_000 }, (_, at) =>
  at % 50 === 0 ? `## Chapter ${at / 50 + 1}\n\n${paragraph(at + 1)}` : paragraph(at + 1),
).join('\n\n')

let helen: Page
let text: Document
let book: Document

beforeAll(async () => {
  helen = await signedIn('helen')
  text = await bringIn(helen, { title: 'The river in the morning', content: short })
  book = await bringIn(helen, { title: 'The river, all of it', content: long, format: 'md' })
})

/** A text of its own for a test that writes on it. */
const aText = () => bringIn(helen, { title: `Forty mornings ${randomUUID().slice(0, 8)}`, content: short })

const offsetOf = async (page: Page, on: Document, words: string) =>
  (await (await page.request.get(`/api/v1/documents/${on.id}/text`)).text()).indexOf(words)

const atPassage = async (page: Page, on: Document, words: string) => {
  const start = await offsetOf(page, on, words)
  return `/read/${on.slug}?at=${start}-${start + words.length}`
}

describe('a visitor without a sign-in', () => {
  test('is led to sign in for a text of a group, and from there to the very words', async () => {
    const page = await visitor()
    const query = (await atPassage(helen, text, 'number 30 tells')).split('?')[1]
    const address = `/read/${text.slug}/1?${query}`
    await page.goto(address)
    await page.waitForURL((url) => url.pathname === '/sign-in')
    await page.getByLabel('E-mail').fill(emails.anna)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL((url) => `${url.pathname}${url.search}` === address)
    await eventually(() => isOnScreen(page, 'Paragraph number 30 tells')).toBe(true)
  })

  test('reads a public text, and is told how to write in it', async () => {
    const open = await bringIn(helen, { title: 'Open to all', content: short, visibility: 'public' })
    await writeNote(helen, open, { words: 'Paragraph number 2', note: 'For the group alone.' })
    const page = await visitor()
    await openReader(page, `/read/${open.slug}`)
    await selectWords(page, 'Paragraph number 3')
    expect(await selectionBar(page).getByRole('button', { name: /^Note/ }).count()).toBe(0)
    await selectionBar(page).getByRole('link', { name: 'Sign in to write' }).waitFor()
    expect(await page.content()).not.toContain('For the group alone.')
  })
})

test('with JavaScript off the text, its notes, its find and its links are there', async () => {
  const on = await aText()
  await writeNote(helen, on, { words: 'Paragraph number 7', note: 'Seven of them.' })
  const page = await signedIn('anna', { javaScriptEnabled: false })
  await page.goto(`/read/${on.slug}`)
  expect(await page.locator('[data-block]').count()).toBe(40)
  const notes = page.getByRole('region', { name: 'Notes' })
  await notes.getByText('Seven of them.').waitFor()
  await notes.getByRole('link', { name: '¶ 7' }).click()
  await eventually(() => isOnScreen(page, 'Paragraph number 7 tells')).toBe(true)
  expect(await margin(page).count()).toBe(0)
  await page.getByRole('searchbox', { name: 'Find in the whole text' }).last().fill('number 33')
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Finds' }).getByText('1 place').waitFor()
})

describe('an address', () => {
  test('of a passage opens there and shows the words', async () => {
    const page = await signedIn('anna')
    await openReader(page, await atPassage(page, text, 'number 30 tells'))
    await eventually(() => isOnScreen(page, 'Paragraph number 30 tells')).toBe(true)
    await eventually(() => paintedWords(page, /postil-target/)).toEqual(['number 30 tells'])
  })

  test('of a paragraph opens there', async () => {
    const page = await signedIn('anna')
    await openReader(page, `/read/${text.slug}/1#p25`)
    await eventually(() => isOnScreen(page, 'Paragraph number 25 tells')).toBe(true)
    expect(await blockWith(page, 'Paragraph number 25 tells').getAttribute('id')).toBe('p25')
  })

  test('of a passage or a paragraph in another section leads to that section', async () => {
    const page = await signedIn('anna')
    await openReader(page, await atPassage(page, book, 'number 900 tells'))
    expect(new URL(page.url()).pathname).toMatch(/\/[2-9]$/)
    await eventually(() => isOnScreen(page, 'Paragraph number 900 tells')).toBe(true)
    await eventually(() => paintedWords(page, /postil-target/)).toEqual(['number 900 tells'])

    await page.goto('about:blank')
    await page.goto(`/read/${book.slug}/1#p600`)
    await page.waitForURL((url) => !url.pathname.endsWith('/1') && url.hash === '#p600')
    await eventually(() => isOnScreen(page, 'Paragraph number 600 tells')).toBe(true)
  })

  test('of a thread opens its section and its card', async () => {
    const { id } = await writeNote(helen, book, { words: 'Paragraph number 950', note: 'Near the end.' })
    const page = await signedIn('anna')
    await openReader(page, `/read/${book.slug}?thread=${id}`)
    const opened = card(page, /note by Helen/).filter({ hasText: 'Near the end.' })
    await eventually(() => opened.getAttribute('aria-current')).toBe('true')
    await eventually(() => isOnScreen(page, 'Paragraph number 950 tells')).toBe(true)
  })
})

test('a long text comes in sections that lead to each other, and is found in as a whole', async () => {
  expect(book.edition.length).toBeGreaterThan(170_000)
  const page = await signedIn('bo')
  await openReader(page, `/read/${book.slug}/1`)
  const ways = page.getByRole('navigation', { name: 'Sections' })
  await ways.getByRole('link', { name: /^Next/ }).click()
  await page.waitForURL((url) => url.pathname.endsWith('/2'))
  await ways.getByRole('link', { name: /^Before/ }).click()
  await page.waitForURL((url) => url.pathname.endsWith('/1'))

  await page.getByText('Contents', { exact: true }).first().click()
  await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: 'Chapter 20' }).click()
  await page.getByRole('heading', { name: 'Chapter 20' }).waitFor()

  await openReader(page, `/read/${book.slug}/1`)
  await page.getByRole('button', { name: 'Find', exact: true }).click()
  await page.getByRole('searchbox', { name: 'Find in the whole text' }).fill('paragraph number 98')
  await page.keyboard.press('Enter')
  // 98 itself, and 980 to 989.
  await page.getByText('11 places').waitFor()
  await page.getByRole('button', { name: /number 987/i }).click()
  await page.waitForURL((url) => url.searchParams.has('at'))
  await eventually(() => isOnScreen(page, 'Paragraph number 987 tells')).toBe(true)
})

test('the reader opens where one stopped, on any device', async () => {
  const on = await aText()
  const page = await signedIn('anna')
  await openReader(page, `/read/${on.slug}`)
  expect(new URL(page.url()).pathname).toBe(`/read/${on.slug}`)
  const remembered = page.waitForResponse(
    (answer) => answer.request().method() === 'PUT' && answer.url().endsWith('/visit') && answer.ok(),
  )
  await placeOf(page, 'Paragraph number 28 tells')
  await remembered
  const other = await signedIn('anna')
  await openReader(other, `/read/${on.slug}`)
  await other.getByText('You are where you stopped.').waitFor({ state: 'attached' })
  await eventually(async () =>
    Math.abs((await readingParagraph(other)) - (await readingParagraph(page))),
  ).toBeLessThanOrEqual(4)
  await other.getByRole('link', { name: 'Read from the beginning' }).click()
  await eventually(() => isOnScreen(other, 'Paragraph number 1 tells')).toBe(true)
})

/** The number of the first paragraph that is on the screen. */
const readingParagraph = (page: Page): Promise<number> =>
  page.locator('[data-block]').evaluateAll((blocks) => {
    const first = blocks.find((block) => block.getBoundingClientRect().bottom > 56)
    return Number(first?.id.slice(1))
  })

describe('two notes on the very same words', () => {
  const words = 'how the river stood that morning'

  async function openTwice(): Promise<Page> {
    const on = await aText()
    await writeNote(helen, on, { words, note: 'The first of two.' })
    await writeNote(helen, on, { words, note: 'The second of two?', kind: 'question' })
    const page = await signedIn('anna')
    await openReader(page, `/read/${on.slug}/1`)
    await card(page, /note by Helen/).waitFor()
    return page
  }

  test('are both reached by pointer', async () => {
    const page = await openTwice()
    for (const [kind, note] of [
      ['note', 'The first of two.'],
      ['question', 'The second of two?'],
    ] as const) {
      await clickWords(page, words)
      const choice = page.getByRole('group', { name: '2 on these words' })
      await choice.getByRole('button', { name: note }).click()
      await eventually(() => card(page, new RegExp(`${kind} by Helen`)).getAttribute('aria-current')).toBe(
        'true',
      )
    }
  })

  test('are both reached by keys, and Escape leads back to the text', async () => {
    const page = await openTwice()
    const mark = page.getByRole('button', { name: /^1 note, 1 question/ })
    await mark.focus()
    await page.keyboard.press('Enter')
    await eventually(() => focusedCard(page)).toContain('The first of two.')
    await page.keyboard.press('n')
    await eventually(() => card(page, /question by Helen/).getAttribute('aria-current')).toBe('true')
    await page.keyboard.press('Enter')
    await eventually(() => focusedCard(page)).toContain('The second of two?')
    await page.keyboard.press('Escape')
    await eventually(() => mark.evaluate((one) => one === document.activeElement)).toBe(true)
    expect(await card(page, /question by Helen/).getAttribute('aria-current')).toBeNull()
  })
})

/** The words of the card that the focus is in. */
const focusedCard = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.closest('article')?.textContent ?? '')

test('keys lead from note to note, onward and back, and bring their words into view', async () => {
  const on = await aText()
  for (const at of [3, 20, 37])
    await writeNote(helen, on, { words: `Paragraph number ${at} tells`, note: `On ${at}.` })
  const page = await signedIn('anna')
  await openReader(page, `/read/${on.slug}/1`)
  await card(page, /note by Helen/)
    .first()
    .waitFor()
  const open = () =>
    margin(page)
      .locator('[aria-current=true]')
      .getByText(/^On \d+\.$/)
      .allTextContents()
  for (const [key, at] of [
    ['n', 3],
    ['j', 20],
    ['n', 37],
    ['p', 20],
    ['k', 3],
  ] as const) {
    await page.keyboard.press(key)
    await eventually(open).toEqual([`On ${at}.`])
    await eventually(() => isOnScreen(page, `Paragraph number ${at} tells`)).toBe(true)
  }
})

test('words are selected and highlighted with the keyboard alone', async () => {
  const on = await aText()
  const page = await signedIn('anna')
  await openReader(page, `/read/${on.slug}/1`)
  await page.keyboard.press('v')
  await eventually(() => selectedWords(page)).toMatch(/^Paragraph ?$/)
  await page.keyboard.press('Control+Shift+ArrowRight')
  await page.keyboard.press('Control+Shift+ArrowRight')
  await page.keyboard.press('h')
  await eventually(() => paintedWords(page, /-highlight/)).toEqual(['Paragraph number 1'])
  await page.getByRole('button', { name: /^1 highlight/ }).waitFor()
})

test('a browser without custom highlights draws the marks, beside the text and not into it', async () => {
  const on = await aText()
  const words = 'Paragraph number 2 tells how'
  await writeNote(helen, on, { words, note: 'Drawn.' })
  const page = await signedIn('anna')
  await page.addInitScript(() => {
    Reflect.deleteProperty(CSS, 'highlights')
    Reflect.deleteProperty(window, 'Highlight')
  })
  await openReader(page, `/read/${on.slug}/1`)
  const { from, to } = await placeOf(page, words)
  const drawn = page.locator('[data-highlight]').first()
  await drawn.waitFor({ state: 'attached' })
  await eventually(async () => {
    const box = await drawn.boundingBox()
    return box && Math.abs(box.x - from.x) < 3 && Math.abs(box.x + box.width - to.x) < 3 && box.y < from.y
  }).toBe(true)
  expect(await page.locator('[data-block] [data-highlight]').count()).toBe(0)
})

test('on a narrow screen the margin is a sheet over the lower part, and the words stay in sight above it', async () => {
  const on = await aText()
  await writeNote(helen, on, { words: 'Paragraph number 12 tells', note: 'On a small screen.' })
  const page = await signedIn('anna', {
    viewport: { width: 390, height: 800 },
    hasTouch: true,
    isMobile: true,
  })
  await openReader(page, `/read/${on.slug}/1`)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  const opener = page.getByRole('button', { name: 'Notes 1' })
  await opener.tap()
  const note = card(page, /note by Helen/)
  await note.tap()
  await eventually(async () => {
    const words = await blockWith(page, 'Paragraph number 12 tells').boundingBox()
    const sheet = await margin(page).boundingBox()
    return words && sheet && words.y > 0 && words.y < sheet.y && sheet.y > 200
  }).toBe(true)
  await page.getByRole('button', { name: 'Close the notes' }).tap()
  await opener.waitFor()
})

test('theme and text size are kept, and are in the page as the server sends it', async () => {
  const page = await signedIn('bo')
  await openReader(page, `/read/${text.slug}/1`)
  const size = () =>
    blockWith(page, 'Paragraph number 1 tells').evaluate((one) => getComputedStyle(one).fontSize)
  const medium = Number.parseFloat(await size())
  await page.getByRole('button', { name: 'Text size and theme' }).click()
  await page.getByRole('radio', { name: 'Dark' }).check()
  await page.getByRole('radio', { name: 'Large', exact: true }).check()
  await eventually(async () => Number.parseFloat(await size())).toBeGreaterThan(medium)

  const sent = await (await page.request.get(`/read/${text.slug}/1`)).text()
  const root = /<html[^>]*>/.exec(sent)?.[0]
  expect(root).toContain('data-theme="dark"')
  expect(root).toContain('data-text-size="large"')
  await page.reload()
  expect(Number.parseFloat(await size())).toBeGreaterThan(medium)
})

test('the margin filters by person, kind, tag and what is unresolved', async () => {
  const on = await aText()
  const anna = await signedIn('anna')
  await writeNote(helen, on, { words: 'Paragraph number 1 tells', note: 'By Helen.', tags: ['level'] })
  await writeNote(anna, on, { words: 'Paragraph number 2 tells', note: 'By Anna?', kind: 'question' })
  await openReader(anna, `/read/${on.slug}/1`)
  await card(anna, /note by Helen/).waitFor()
  await anna.getByRole('button', { name: 'Filter' }).click()
  const shown = () => margin(anna).getByRole('article').allTextContents()
  const only = (words: string) =>
    eventually(async () => (await shown()).map((one) => one.includes(words))).toEqual([true])
  await anna.getByLabel('Person').selectOption('Helen Marsh')
  await only('By Helen.')
  await anna.getByLabel('Person').selectOption('Everybody')
  await anna.getByLabel('Kind').selectOption('questions')
  await only('By Anna?')
  await anna.getByLabel('Kind').selectOption('All kinds')
  await anna.getByLabel('Tag').selectOption('level')
  await only('By Helen.')
  await anna.getByRole('button', { name: 'Show all' }).click()
  await eventually(async () => (await shown()).length).toBe(2)
})

test('what was written since the last visit is marked as new, until it is opened', async () => {
  const on = await aText()
  const anna = await signedIn('anna')
  await openReader(anna, `/read/${on.slug}/1`)
  await writeNote(helen, on, { words: 'Paragraph number 4 tells', note: 'Just now.' })
  const news = card(anna, 'New note by Helen Marsh')
  await news.click()
  await card(anna, 'note by Helen Marsh').filter({ hasText: 'Just now.' }).waitFor()
  await news.waitFor({ state: 'detached' })
})

test('words are copied with where they stand', async () => {
  const page = await signedIn('anna', { permissions: ['clipboard-read', 'clipboard-write'] })
  await openReader(page, `/read/${text.slug}/1`)
  await selectWords(page, 'what the miller said of it')
  await selectionBar(page)
    .getByRole('button', { name: /^Copy with citation/ })
    .click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  const address = await atPassage(page, text, 'what the miller said of it')
  await eventually(copied).toContain('“what the miller said of it”')
  expect(await copied()).toContain('The river in the morning, ¶ 1.')
  expect(await copied()).toContain(address)
})
