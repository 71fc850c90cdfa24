import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'

const browser = openBrowser()
const answer = '/read/an-answer-to-a-ratepayer/1'
const letter = '/read/the-weir-betrayed/1'

const card = (page: Page, words: string) => page.locator('article[data-card]', { hasText: words }).first()
const toolbar = (page: Page) => page.getByRole('toolbar', { name: 'Selected words' })
const saved = (page: Page) => page.getByText('Saved', { exact: true }).waitFor()

/** Opens the reader and waits until it answers: its notes are in. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('[data-gutter] [data-notes-mark]').first().waitFor()
}

/** Selects words as a person does, once they stand still: by pressing, dragging and letting go. */
async function drag(page: Page, paragraph: string, from: number, to: number): Promise<void> {
  const ends = await page.evaluate(
    async ([id, ...offsets]) => {
      const block = document.getElementById(String(id))
      block?.scrollIntoView({ block: 'center' })
      const node = block && document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode()
      if (!node) throw new Error(`no words in ${id}`)
      const find = () =>
        offsets.map((offset) => {
          const range = document.createRange()
          range.setStart(node, Number(offset))
          range.setEnd(node, Number(offset))
          const box = range.getBoundingClientRect()
          return { x: box.left, y: box.top + box.height / 2 }
        })
      const framesOfRest = 5
      let found = find()
      for (let frames = 0; frames < framesOfRest; frames++) {
        await new Promise(requestAnimationFrame)
        const again = find()
        if (again.some(({ x, y }, end) => x !== found[end]?.x || y !== found[end]?.y)) frames = 0
        found = again
      }
      return found
    },
    [paragraph, from, to],
  )
  const [start, end] = ends
  if (!start || !end) throw new Error('nothing to drag over')
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(end.x, end.y, { steps: 5 })
  await page.mouse.up()
  await toolbar(page).waitFor()
}

async function write(page: Page, kind: 'Note' | 'Question', words: string): Promise<void> {
  await toolbar(page).getByRole('button', { name: kind }).click()
  const note = page.getByRole('textbox', { name: 'Your note' })
  await note.click()
  await note.pressSequentially(words)
  await saved(page)
}

async function post(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Post', exact: true })
  await button.click()
  await button.waitFor({ state: 'hidden' })
}

describe('writing in the margin', () => {
  it('keeps a draft to its author until it is posted, then shows it to the other reader', async () => {
    const [anna, bo] = [await browser.signedIn('anna'), await browser.signedIn('bo')]
    await open(anna, letter)
    await open(bo, letter)
    await drag(anna, 'p3', 0, 24)
    await write(anna, 'Note', 'Who told them so?')
    expect(await card(bo, 'Who told them so?').count()).toBe(0)
    await post(anna)
    await card(bo, 'Who told them so?').waitFor()
  })

  it('shows a posted note to the other reader as it grows, with a named caret', async () => {
    const [anna, bo] = [await browser.signedIn('anna'), await browser.signedIn('bo')]
    await open(anna, letter)
    await open(bo, letter)
    await drag(anna, 'p4', 0, 20)
    await write(anna, 'Question', 'Known to whom')
    await post(anna)
    await card(anna, 'Known to whom').getByRole('button', { name: 'Edit', exact: true }).click()
    await anna.getByRole('textbox', { name: 'Your note' }).click()
    await anna.keyboard.press('End')
    await anna.keyboard.type(', and since when')
    await card(bo, 'Known to whom, and since when').getByText('Anna Lindqvist is writing').waitFor()
    await bo
      .getByRole('textbox', { name: 'The note, as it is written' })
      .getByText('Anna Lindqvist')
      .waitFor()
  })

  it('says that words are not saved while there is no connection, and saves them when it returns', async () => {
    const [anna, bo] = [await browser.signedIn('anna'), await browser.signedIn('bo')]
    await open(anna, letter)
    await open(bo, letter)
    await drag(anna, 'p6', 0, 20)
    await write(anna, 'Note', 'Modest')
    await post(anna)
    await card(anna, 'Modest').getByRole('button', { name: 'Edit', exact: true }).click()
    await anna.getByRole('textbox', { name: 'Your note' }).click()
    await saved(anna)
    await anna.context().setOffline(true)
    await anna.keyboard.press('End')
    await anna.keyboard.type(' as requests go')
    await anna.getByText('Not saved: offline').waitFor()
    await anna.context().setOffline(false)
    await saved(anna)
    await card(bo, 'Modest as requests go').waitFor()
  })

  it('leaves nothing of a draft that was closed without a word', async () => {
    const anna = await browser.signedIn('anna')
    await open(anna, letter)
    await drag(anna, 'p9', 0, 20)
    await toolbar(anna).getByRole('button', { name: 'Note' }).click()
    await anna.getByRole('textbox', { name: 'Your note' }).waitFor()
    const gone = anna.waitForResponse((said) => said.request().method() === 'DELETE')
    await anna.keyboard.press('Escape')
    expect((await gone).ok()).toBe(true)
    expect(await anna.locator('article[data-card]', { hasText: 'draft' }).count()).toBe(0)
  })
})

describe('two notes on the very same words', () => {
  it('are both reached by pointer and by keyboard', async () => {
    const anna = await browser.signedIn('anna')
    await anna.goto(answer)
    await anna
      .getByText('Nothing in the margin yet')
      .or(anna.locator('[data-gutter] [data-notes-mark]').first())
      .first()
      .waitFor()
    await drag(anna, 'p3', 0, 30)
    await write(anna, 'Note', 'The first of two')
    await post(anna)
    await drag(anna, 'p3', 0, 30)
    await write(anna, 'Question', 'The second of two?')
    await post(anna)
    await anna.keyboard.press('Escape')

    const mark = anna.locator('[data-row]:has(#p3) [data-gutter] [data-notes-mark]')
    expect(await mark.getAttribute('aria-label')).toBe('1 note, 1 question')
    await mark.focus()
    await anna.keyboard.press('Enter')
    await anna.locator('article[aria-current]', { hasText: 'The first of two' }).waitFor()
    await anna.keyboard.press('j')
    await anna.locator('article[aria-current]', { hasText: 'The second of two' }).waitFor()
    await anna.keyboard.press('Escape')
    expect(await mark.evaluate((button) => document.activeElement === button)).toBe(true)

    const box = await anna.locator('#p3').boundingBox()
    await anna.mouse.click((box?.x ?? 0) + 30, (box?.y ?? 0) + 14)
    await anna.getByRole('group', { name: '2 on these words' }).getByText('The second of two?').click()
    await anna.locator('article[aria-current]', { hasText: 'The second of two' }).waitFor()
  })
})

describe('the keyboard alone', () => {
  it('selects words and asks a question about them', async () => {
    const anna = await browser.signedIn('anna')
    await open(anna, letter)
    await anna.keyboard.press('v')
    await anna.keyboard.press('Control+Shift+ArrowRight')
    await toolbar(anna).waitFor()
    await anna.keyboard.press('q')
    await anna.getByRole('textbox', { name: 'Your note' }).waitFor()
  })
})

describe('the text in the page', () => {
  it('stands at the offsets its blocks say, and notes leave its DOM as it is', async () => {
    const anna = await browser.signedIn('anna')
    await anna.goto(letter)
    const shape = () =>
      anna.locator('[data-block]').evaluateAll((blocks) => blocks.map((block) => block.innerHTML).join('\n'))
    const before = await shape()
    await anna.locator('[data-gutter] [data-notes-mark]').first().waitFor()
    expect(await shape()).toBe(before)
    const wrong = await anna.locator('[data-block]').evaluateAll((blocks) =>
      blocks.flatMap((block) => {
        const length = Number(block.getAttribute('data-end')) - Number(block.getAttribute('data-start'))
        return block.textContent?.length === length ? [] : [block.id]
      }),
    )
    expect(wrong).toEqual([])
  })

  it('opens at a passage, and leads from a paragraph number to its section', async () => {
    const anna = await browser.signedIn('anna')
    await anna.goto('/read/the-weir-betrayed?p=7')
    expect(new URL(anna.url()).pathname + new URL(anna.url()).hash).toBe('/read/the-weir-betrayed/1#p7')
    await anna.goto('/read/the-weir-betrayed?at=300-340')
    expect(new URL(anna.url()).search).toBe('?at=300-340')
  })

  it('is read without JavaScript, with its notes below it', async () => {
    const signedIn = await browser.signedIn('bo')
    const storageState = await signedIn.context().storageState()
    const bo = await browser.visitor({ javaScriptEnabled: false, storageState })
    await bo.goto(letter)
    await bo.locator('#p3').waitFor()
    await bo.getByRole('region', { name: 'Notes' }).getByText('Bo Okafor').first().waitFor()
    expect(await bo.getByRole('complementary', { name: 'Margin' }).isVisible()).toBe(false)
  })

  it('is marked by drawn boxes where the browser cannot mark it', async () => {
    const anna = await browser.signedIn('anna')
    await anna.addInitScript(() => Reflect.deleteProperty(window, 'Highlight'))
    await open(anna, letter)
    await anna.locator('.drawn-highlights > div').first().waitFor({ state: 'attached' })
  })
})
