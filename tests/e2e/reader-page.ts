/** The reader as a person meets it: found by roles and names, moved by mouse and keys. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Opens an address of the reader and waits until its notes are there: until then a click would be lost. */
export async function openReader(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await untilReady(page)
}

/** Waits until an open reader answers and shows its notes. */
export async function untilReady(page: Page): Promise<void> {
  const sheet = page.getByRole('button', { name: /^Notes \d/ })
  await margin(page).or(sheet).first().waitFor()
  await page.getByText('Loading the notes…').waitFor({ state: 'hidden' })
  await page.evaluate(() => document.fonts.ready.then(() => null))
}

export const margin = (page: Page): Locator => page.getByRole('complementary', { name: 'Margin' })

/** Cards in the margin, by their names: “note by you”, “New question by Bo Okafor”. */
export const card = (page: Page, name: string | RegExp): Locator =>
  margin(page).getByRole('article', { name })

/** What can be done with selected words. */
export const selectionBar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Selected words' })

/** The editor of the note that this person has open. */
export const noteField = (page: Page): Locator => page.getByRole('textbox', { name: 'Your note' })

/** The words of a note without the carets of others, which are drawn into it and are no part of them. */
export const wordsIn = (note: Locator): Promise<string> =>
  note.evaluate((field) => {
    const copy = field.cloneNode(true)
    if (!(copy instanceof Element)) return ''
    for (const caret of copy.querySelectorAll('.ProseMirror-widget')) caret.remove()
    return copy.textContent ?? ''
  })

/** The text's block that holds these words. */
export const blockWith = (page: Page, words: string): Locator =>
  page.locator('[data-block]', { hasText: words })

/** Where words stand in the window: a point in their first letter and one in their last. */
export interface WordsBox {
  readonly from: { readonly x: number; readonly y: number }
  readonly to: { readonly x: number; readonly y: number }
}

/** Brings words to the middle of the window and measures them. */
export async function placeOf(page: Page, words: string): Promise<WordsBox> {
  return page.evaluate(async (wanted) => {
    const block = [...document.querySelectorAll('[data-block]')].find((one) =>
      one.textContent?.includes(wanted),
    )
    if (!block) throw new Error(`“${wanted}” do not stand on this page`)
    block.scrollIntoView({ block: 'center', behavior: 'instant' })
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    // What was never on the screen has its true height only once it was laid out.
    await nextFrame()
    await nextFrame()
    const start = block.textContent?.indexOf(wanted) ?? 0
    const range = document.createRange()
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    let before = 0
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0
      if (start >= before && start < before + length) range.setStart(node, start - before)
      const end = start + wanted.length
      if (end > before && end <= before + length) range.setEnd(node, end - before)
      before += length
    }
    const boxes = [...range.getClientRects()].filter(({ width }) => width > 0)
    const [first, last] = [boxes[0], boxes.at(-1)]
    if (!first || !last) throw new Error(`“${wanted}” take no room`)
    return {
      from: { x: first.left + 1, y: (first.top + first.bottom) / 2 },
      to: { x: last.right - 1, y: (last.top + last.bottom) / 2 },
    }
  }, words)
}

/** Selects words by dragging the mouse over them. */
export async function selectWords(page: Page, words: string): Promise<void> {
  const { from, to } = await placeOf(page, words)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 6 })
  await page.mouse.up()
  await selectionBar(page).waitFor()
  expect(await selectedWords(page)).toBe(words)
}

/** What the browser holds selected. */
export const selectedWords = (page: Page): Promise<string> =>
  page.evaluate(() => getSelection()?.toString() ?? '')

/** Clicks on a word in the text. */
export async function clickWords(page: Page, words: string): Promise<void> {
  const { from } = await placeOf(page, words)
  await page.mouse.click(from.x + 4, from.y)
}

/** Whether words are in the part of the window that is read. */
export async function isOnScreen(page: Page, words: string): Promise<boolean> {
  const box = await blockWith(page, words).first().boundingBox()
  const height = page.viewportSize()?.height ?? 0
  return box !== null && box.y < height * 0.9 && box.y + box.height > 56
}

/** The words that the browser paints under the highlights of these names. */
export const paintedWords = (page: Page, name: RegExp): Promise<string[]> =>
  page.evaluate(
    (source) =>
      [...CSS.highlights]
        .filter(([key]) => new RegExp(source).test(key))
        .flatMap(([, highlight]) =>
          [...highlight].map((painted) => {
            const range = document.createRange()
            range.setStart(painted.startContainer, painted.startOffset)
            range.setEnd(painted.endContainer, painted.endOffset)
            return range.toString()
          }),
        ),
    name.source,
  )
