/** Three people carry a dispute from marked words to an outcome and beyond, each in a browser of their own. */
import { randomUUID } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { bringIn } from './ask-api.ts'
import { openBrowser } from './browser.ts'
import { eventually } from './eventually.ts'
import { openReader, selectionBar, selectWords } from './reader-page.ts'

const { signedIn } = openBrowser()

const cut = 'The bridge was not closed in time.'
const whole = 'The bridge was not closed in time, and whoever says so has read only half of my letter.'

/** Moves the focus by the Tab key alone until it is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the Tab key does not lead to ${target}`)
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')

/** Looks words up in the open dialog, in the text that is chosen there. */
async function findWords(page: Page, words: string): Promise<void> {
  await dialog(page)
    .getByLabel(/^Words to look for/)
    .fill(words)
  await dialog(page).getByRole('button', { name: 'Find' }).click()
  await dialog(page).getByText('Chosen:').waitFor()
}

test('a dispute goes from marked words to an outcome, and on when there is something new', async () => {
  const [helen, anna, bo] = await Promise.all([signedIn('helen'), signedIn('anna'), signedIn('bo')])
  const mark = randomUUID().slice(0, 8)
  const question = `Is the letter quoted fairly? ${mark}`
  const article = await bringIn(helen, {
    title: `Article ${mark}`,
    content: `A headline.\n\n${cut}\n\nThe end.`,
  })
  const letter = await bringIn(helen, { title: `Letter ${mark}`, content: `Sir,\n\n${whole}\n\nYours.` })

  // Bo disputes words of one text, and adds those of the other.
  await openReader(bo, `/read/${article.slug}`)
  await selectWords(bo, cut)
  await selectionBar(bo).getByRole('button', { name: 'Dispute…' }).click()
  await dialog(bo).getByLabel('The question').fill(question)
  await dialog(bo).getByRole('button', { name: 'Open the dispute' }).click()
  await bo.waitForURL(/\/disputes\/[0-9a-z]{8}$/)
  await bo.getByRole('button', { name: 'Add a passage…' }).click()
  await dialog(bo).getByLabel('Text', { exact: true }).selectOption({ label: letter.title })
  await findWords(bo, whole)
  await dialog(bo).getByRole('button', { name: 'Add it' }).click()
  await bo.getByRole('link', { name: new RegExp(`Letter ${mark}`) }).waitFor()
  await button(bo, 'State a position').click()
  await dialog(bo).getByLabel('In one sentence').fill('No: it is cut short.')
  await dialog(bo).getByRole('button', { name: 'State it' }).click()
  await bo.getByRole('heading', { name: 'No: it is cut short.' }).waitFor()

  // Anna finds it in the register and takes part, with the keyboard alone.
  await anna.goto('/disputes')
  expect(await seriousFindings(anna)).toEqual([])
  await press(anna, anna.getByRole('link', { name: question }))
  await anna.waitForURL(/\/disputes\/[0-9a-z]{8}$/)
  await press(anna, button(anna, 'State a position'))
  await anna.keyboard.type('Yes: nothing is changed.')
  await anna.keyboard.press('Enter')
  await bo.getByRole('heading', { name: 'Yes: nothing is changed.' }).waitFor()
  await tabTo(anna, anna.getByRole('radio', { name: /^1\./ }))
  await anna.keyboard.press('ArrowDown')
  await press(anna, button(anna, 'Take this stance'))
  const plot = bo.getByRole('img', { name: /^Stances over time: 1 change/ })
  await plot.waitFor()
  await bo.getByRole('list', { name: 'Who holds position 2' }).getByText('Anna Lindqvist').waitFor()

  // Helen brings evidence while Anna is elsewhere: Anna hears of it there.
  await helen.goto(new URL(bo.url()).pathname)
  await anna.goto('/groups')
  await button(helen, 'Bring evidence on position 1').click()
  await dialog(helen).getByLabel('Text', { exact: true }).selectOption({ label: letter.title })
  await findWords(helen, 'has read only half')
  await dialog(helen).getByLabel('What it shows').fill('Half of it is missing.')
  await dialog(helen).getByRole('button', { name: 'Bring it' }).click()
  await helen.getByText('Half of it is missing.').waitFor()
  await anna.reload()
  await anna.getByRole('link', { name: /^Disputes\s.*\d+ new in what you follow$/ }).waitFor()

  // She changes her mind; what came before it is told.
  await anna.goto(new URL(bo.url()).pathname)
  expect(await seriousFindings(anna)).toEqual([])
  await anna.getByRole('radio', { name: /^1\./ }).check()
  await button(anna, 'Change my stance').click()
  await bo.getByText('The same as a table').click()
  await bo.getByRole('row', { name: /Anna Lindqvist 2 1 E1/ }).waitFor()

  // Who raised it settles it. Whoever wants it reopened brings something new.
  await button(bo, 'Settle').click()
  await dialog(bo).getByLabel('The outcome follows').selectOption({ index: 1 })
  await dialog(bo).getByLabel('Why').fill('Nobody holds the other position.')
  await dialog(bo).getByRole('button', { name: 'Settle' }).click()
  await anna.getByText('Nobody holds the other position.').first().waitFor()
  expect(await button(anna, 'Reopen').count()).toBe(0)
  await button(anna, 'Bring evidence on position 2').click()
  await dialog(anna).getByLabel('It is').selectOption('citation')
  await dialog(anna).getByLabel('Citation').fill('The Observer, 3 May.')
  await dialog(anna).getByRole('button', { name: 'Bring it' }).click()
  await button(anna, 'Reopen').click()
  await dialog(anna).getByLabel('Why').fill('The Observer prints it whole.')
  await dialog(anna).getByRole('button', { name: 'Reopen' }).click()
  await eventually(() => button(bo, 'Settle').count()).toBe(1)

  // All of it goes out.
  const download = bo.waitForEvent('download')
  await bo.getByRole('link', { name: 'Markdown' }).click()
  const chunks = await (await (await download).createReadStream()).toArray()
  const file = Buffer.concat(chunks).toString()
  for (const told of [
    question,
    whole,
    'Held by Anna Lindqvist',
    'Half of it is missing',
    'The Observer, 3 May',
  ])
    expect(file.replaceAll('\\', '')).toContain(told)
  await bo.getByRole('link', { name: 'Page to print' }).click()
  await bo.getByRole('heading', { level: 1, name: question }).waitFor()
})
