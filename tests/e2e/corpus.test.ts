/** The corpus and the groups as a person meets them: bringing texts in, finding them, and setting what is read. */
import { randomUUID } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { document } from '#domain/wire/document.ts'
import { group } from '#domain/wire/group.ts'
import { seriousFindings } from './accessibility.ts'
import { askApi, bringIn } from './ask-api.ts'
import { openBrowser } from './browser.ts'
import { eventually } from './eventually.ts'
import { blockWith, untilReady } from './reader-page.ts'

const people = openBrowser()

const named = (what: string) => `${what} ${randomUUID().slice(0, 8)}`
const textFile = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
})

const fileField = (page: Page) => page.getByLabel('File', { exact: true })
const addButton = (page: Page) => page.getByRole('button', { name: 'Add this text' })
const problem = (page: Page) => page.getByRole('main').getByRole('alert')

/** The form for a new text, once it answers: a choice that its script has taken shows the other field. */
async function openForm(page: Page, source: 'In a file' | 'I paste it'): Promise<void> {
  await page.goto('/corpus/add')
  const field = source === 'In a file' ? fileField(page) : page.getByLabel('Text', { exact: true })
  await untilScripted(page.getByRole('form', { name: 'Add a text' }))
  await page.getByLabel(source).check()
  await field.waitFor()
}

/** React has taken an element over when it keeps its own notes on it; a click before that would do nothing. */
async function untilScripted(element: Locator): Promise<void> {
  await eventually(() =>
    element.evaluate((node) => Object.keys(node).some((key) => key.startsWith('__react'))),
  ).toBe(true)
}

const overhang = (page: Page) =>
  page.evaluate(() => window.document.documentElement.scrollWidth - window.innerWidth)

/** How many texts of the corpus bear these words. */
async function countInCorpus(page: Page, words: string): Promise<number> {
  const listed = z.object({ items: z.array(document) })
  const query = new URLSearchParams({ q: words, limit: '200' })
  return (await askApi(page, listed, 'GET', `/documents?${query}`)).items.length
}

/** A group that Helen owns, with texts of these titles on its reading list and its page open. */
async function openGroup({ readings = [] }: { readings?: string[] } = {}) {
  const page = await people.signedIn('helen')
  const made = await askApi(page, group, 'POST', '/groups', { name: named('Ночные читатели') })
  for (const title of readings) await bringIn(page, { title, content: 'It rained.', groups: [made.id] })
  await openPage(page, made.slug)
  return { page, made }
}

async function openPage(page: Page, slug: string): Promise<void> {
  await page.goto(`/groups/${slug}`)
  await untilScripted(page.getByRole('main'))
}

const readingList = (page: Page) => page.getByRole('main').getByRole('list').first()
const readingTitles = (page: Page) => readingList(page).getByRole('link').allTextContents()
const member = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

describe('an instructor', () => {
  test('brings in a file, says what it is and who may read it, and opens it in the reader', async () => {
    const { page, made } = await openGroup()
    const title = named('The mill race')
    await page.goto('/')
    await page.getByRole('link', { name: 'Add a text' }).click()
    await untilScripted(page.getByRole('form', { name: 'Add a text' }))
    expect(await seriousFindings(page)).toEqual([])
    await fileField(page).setInputFiles(textFile('race.txt', 'The wheel stood still.\n\nNobody asked why.'))
    await page.getByLabel(/^Title/).fill(title)
    await page.getByLabel(/^Authors/).fill('Ida Holm; Per Dahl')
    await page.getByLabel(/^Signed in/).check()
    await page.getByLabel(made.name).check()
    await addButton(page).click()
    await page.getByRole('heading', { name: 'It is in the corpus' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])

    await page.getByRole('link', { name: 'Read it' }).click()
    await untilReady(page)
    await blockWith(page, 'The wheel stood still.').waitFor()
    await page.goto('/')
    const row = page.getByRole('listitem').filter({ hasText: title })
    expect(await row.getByText('Ida Holm, Per Dahl').count()).toBe(1)
    expect(await row.getByText('Signed in', { exact: true }).count()).toBe(1)
    await openPage(page, made.slug)
    expect(await readingTitles(page)).toEqual([title])
  })

  test('pastes a text in, which gets its title from its own heading', async () => {
    const page = await people.signedIn('helen')
    const title = named('Of sluices')
    await openForm(page, 'I paste it')
    expect(await seriousFindings(page)).toEqual([])
    await page.getByLabel('Format').selectOption('Markdown')
    await page.getByLabel('Text', { exact: true }).fill(`# ${title}\n\nThe *gate* was shut.`)
    await addButton(page).click()
    await page.getByRole('link', { name: 'Read it' }).click()
    await untilReady(page)
    await page.getByRole('heading', { name: title }).first().waitFor()
    await blockWith(page, 'The gate was shut.').waitFor()
  })

  test.each([
    [
      'that holds no text',
      textFile('wheel.txt', new Uint8Array([0x89, 0x50, 0, 1, 2, 0, 255, 254, 0, 9])),
      /not text/,
    ],
    ['that is empty', textFile('nothing.txt', ''), /empty/],
    [
      'of a kind that cannot be read',
      {
        ...textFile('race.odt', 'The wheel stood still.'),
        mimeType: 'application/vnd.oasis.opendocument.text',
      },
      /\.odt cannot be brought in/,
    ],
    ['that is no PDF in truth', textFile('race.pdf', 'The wheel stood still.'), /not a PDF/],
  ])(
    'is told at the form what is wrong with a file %s, and the corpus stays as it is',
    async (_, file, words) => {
      const page = await people.signedIn('helen')
      await openForm(page, 'In a file')
      await page.getByLabel(/^Title/).fill('Never there')
      await fileField(page).setInputFiles(file)
      await addButton(page).click()
      await problem(page).getByText(words).waitFor()
      expect(await seriousFindings(page)).toEqual([])
      expect(await page.getByLabel(/^Title/).inputValue()).toBe('Never there')
      expect(await countInCorpus(page, 'Never there')).toBe(0)

      await fileField(page).setInputFiles(textFile('race.txt', 'The wheel stood still.'))
      await page.getByLabel(/^Title/).fill(named('There at last'))
      await addButton(page).click()
      await page.getByRole('heading', { name: 'It is in the corpus' }).waitFor()
    },
  )

  test('is told at its field that a language is none', async () => {
    const page = await people.signedIn('helen')
    await openForm(page, 'I paste it')
    await page.getByLabel('Text', { exact: true }).fill('The wheel stood still.')
    await page.getByLabel(/^Language/).fill('not a language')
    await addButton(page).click()
    await problem(page).waitFor()
    expect(await page.getByLabel(/^Language/).getAttribute('aria-invalid')).toBe('true')
  })
})

test('a reader is offered no way to add a text, and is refused one', async () => {
  const page = await people.signedIn('anna')
  await page.goto('/')
  await page.getByRole('heading', { level: 1, name: 'Corpus' }).waitFor()
  expect(await page.getByRole('link', { name: /add/i }).count()).toBe(0)
  const answer = await page.goto('/corpus/add')
  expect(answer?.status()).toBe(403)
  await page.getByRole('heading', { name: 'You may not do this' }).waitFor()
  expect(await page.getByRole('form').count()).toBe(0)
})

test('somebody who has not signed in sees what is public, and nothing else', async () => {
  const helen = await people.signedIn('helen')
  const open = await bringIn(helen, { title: named('For all'), content: 'It rained.', visibility: 'public' })
  const page = await people.visitor()
  await page.goto('/')
  await page.getByRole('link', { name: open.title }).waitFor()
  expect(await page.getByText('Report on the Failure of the Weir').count()).toBe(0)
  expect(await seriousFindings(page)).toEqual([])
})

describe.each([
  ['with scripts', true],
  ['without any script', false],
])('searching the corpus %s', (_, javaScriptEnabled) => {
  const search = async (page: Page, words: string) => {
    await page.getByRole('searchbox').fill(words)
    await page.getByRole('button', { name: 'Search' }).click()
    await page.waitForURL((url) => url.searchParams.get('q') === words)
  }

  test('finds by title and by author, and says when nothing is there', async () => {
    const page = await people.signedIn('anna', { javaScriptEnabled })
    await page.goto('/')
    const found = () => page.getByRole('main').getByRole('listitem').getByRole('heading').allTextContents()
    await search(page, 'betrayed')
    expect(await found()).toEqual(['The Weir Betrayed'])
    await search(page, 'Marchbanks')
    expect(await found()).toEqual(['Report on the Failure of the Weir at Ashmere'])
    await search(page, 'windmills')
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor()
    expect(await found()).toEqual([])
    expect(await page.getByRole('searchbox').inputValue()).toBe('windmills')
    // axe is a script itself.
    if (javaScriptEnabled) expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'Show the whole corpus' }).click()
    await page.getByRole('link', { name: 'The Weir Betrayed' }).waitFor()
  })
})

describe('a group', () => {
  test('is made by its owner, who comes to its page', async () => {
    const page = await people.signedIn('helen')
    const name = named('Slow readers')
    await page.goto('/groups')
    await untilScripted(page.getByLabel('Name'))
    expect(await seriousFindings(page)).toEqual([])
    await page.getByLabel('Name').fill(name)
    await page.getByRole('button', { name: 'Make the group' }).click()
    await page.waitForURL((url) => url.pathname.startsWith('/groups/slow-readers'))
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.getByText('You are an owner here.').waitFor()
    await page.getByText('Nothing on it yet').waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  test('gets a text of the corpus on its reading list', async () => {
    const { page, made } = await openGroup()
    await page.getByRole('button', { name: 'Put a text on the list' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('searchbox').fill('ratepayer of')
    await eventually(() => dialog.getByRole('listitem').count()).toBe(1)
    await dialog.getByRole('button', { name: 'Put “The Weir Betrayed” on the list' }).click()
    await dialog.getByRole('button', { name: '“The Weir Betrayed” is on the list' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await dialog.getByRole('searchbox').fill('windmills')
    await dialog.getByText('Nothing with these words').waitFor()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await eventually(() => readingTitles(page)).toEqual(['The Weir Betrayed'])
    await openPage(page, made.slug)
    expect(await readingTitles(page)).toEqual(['The Weir Betrayed'])
  })

  test('has its reading list put in another order, by keys alone, and keeps it', async () => {
    const [first, second, third] = [named('A'), named('B'), named('C')]
    const { page, made } = await openGroup({ readings: [first, second, third] })
    expect(await readingTitles(page)).toEqual([first, second, third])
    const up = page.getByRole('button', { name: `Move “${third}” up` })
    await up.focus()
    // The second key comes before the server has answered the first.
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'is number 1 of 3' }).waitFor({ state: 'attached' })
    expect(await up.evaluate((button) => button === window.document.activeElement)).toBe(true)
    expect(await readingTitles(page)).toEqual([third, first, second])
    await openPage(page, made.slug)
    expect(await readingTitles(page)).toEqual([third, first, second])
    expect(await seriousFindings(page)).toEqual([])
  })

  test('has a text taken off its reading list, which can be undone', async () => {
    const [first, second] = [named('A'), named('B')]
    const { page, made } = await openGroup({ readings: [first, second] })
    const takeOff = () => page.getByRole('button', { name: `Take “${first}” off the list` }).click()
    await takeOff()
    // The pressed button went with its row: the focus is at the next thing to do, not lost.
    await page.locator(':focus', { hasText: 'Put a text on the list' }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await eventually(() => readingTitles(page)).toEqual([first, second])
    await takeOff()
    await page.getByText(`“${first}” is off the list.`, { exact: true }).first().waitFor()
    await openPage(page, made.slug)
    expect(await readingTitles(page)).toEqual([second])
  })

  test('whose list was changed by somebody else shows that change, and loses neither', async () => {
    const [first, second, third] = [named('A'), named('B'), named('C')]
    const { page, made } = await openGroup({ readings: [first, second] })
    await bringIn(page, { title: third, content: 'It rained.', groups: [made.id] })
    const moveUp = page.getByRole('button', { name: `Move “${second}” up` })
    await moveUp.click()
    await eventually(() => readingTitles(page)).toEqual([first, second, third])
    await moveUp.click()
    await eventually(() => readingTitles(page)).toEqual([second, first, third])
  })

  test('invites by a link that leads to its door', async () => {
    const { page, made } = await openGroup()
    await page.getByRole('button', { name: 'Invite by a link' }).click()
    const dialog = page.getByRole('dialog')
    expect(await seriousFindings(page)).toEqual([])
    await dialog.getByLabel(/^Observer/).check()
    await dialog.getByLabel('Works for').selectOption('Ten people')
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    const link = dialog.getByRole('textbox', { name: /link/i })
    await link.waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await dialog.getByText('Makes an observer. For: ten people').waitFor()
    const address = await link.inputValue()
    expect(new URL(address).origin).toBe(inject('demoUrl'))
    const invited = await people.visitor()
    await invited.goto(address)
    await invited.getByRole('button', { name: `Join ${made.name}` }).waitFor()
  })

  test('takes in somebody by their e-mail, and says when there is no such account', async () => {
    const { page } = await openGroup()
    await page.getByRole('button', { name: 'Add by e-mail' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('E-mail').fill('nobody@example.org')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog.getByRole('alert').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await dialog.getByLabel('E-mail').fill('anna@example.org')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await member(page, 'Anna Lindqvist').getByText('Reader, since').waitFor()
  })

  test('gives a member another role, and then lets them go', async () => {
    const { page, made } = await openGroup()
    const anna = await people.signedIn('anna')
    await askApi(page, group, 'POST', `/groups/${made.id}/members`, {
      email: 'anna@example.org',
      role: 'reader',
    })
    await openPage(page, made.slug)
    const more = page.getByRole('button', { name: 'More about Anna Lindqvist' })
    await more.click()
    await page.getByRole('menuitem', { name: 'Change role…' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByLabel(/^Reader/).isChecked()).toBe(true)
    await dialog.getByLabel(/^Instructor/).check()
    expect(await seriousFindings(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Give this role' }).click()
    await member(page, 'Anna Lindqvist').getByText('Instructor, since').waitFor()
    await eventually(() => more.evaluate((button) => button === window.document.activeElement)).toBe(true)
    await openPage(anna, made.slug)
    await anna.getByText('You are an instructor here.').waitFor()

    await more.click()
    await page.getByRole('menuitem', { name: 'Remove from the group…' }).click()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await eventually(() => member(page, 'Anna Lindqvist').count()).toBe(0)
    expect((await anna.request.get(`/groups/${made.slug}`)).status()).toBe(404)
  })

  test('keeps its last owner, and says why', async () => {
    const { page } = await openGroup()
    await page.getByRole('button', { name: 'More about Helen Marsh' }).click()
    await page.getByRole('menuitem', { name: 'Leave the group…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('dialog').getByRole('alert').getByText(/owner/).waitFor()
  })

  test('offers a reader its texts and its people, and nothing to change but leaving', async () => {
    const { page, made } = await openGroup({ readings: [named('A')] })
    await askApi(page, group, 'POST', `/groups/${made.id}/members`, {
      email: 'bo@example.org',
      role: 'reader',
    })
    const bo = await people.signedIn('bo')
    await openPage(bo, made.slug)
    expect(await readingTitles(bo)).toHaveLength(1)
    const offered = await bo.getByRole('main').getByRole('button').all()
    expect(await Promise.all(offered.map((button) => button.getAttribute('aria-label')))).toEqual([
      'More about Bo Okafor',
    ])
    expect(await seriousFindings(bo)).toEqual([])
  })
})

test('nothing in the corpus or the groups is wider than a narrow screen, however long its title', async () => {
  const long = `${'Antidisestablishmentarianism'.repeat(3)} ${named('and its discontents')}`
  const { made } = await openGroup({ readings: [long] })
  const page = await people.signedIn('helen', { viewport: { width: 390, height: 800 }, hasTouch: true })
  for (const address of [
    '/',
    `/?q=${'windmills'.repeat(12)}`,
    '/groups',
    '/corpus/add',
    `/groups/${made.slug}`,
  ]) {
    await page.goto(address)
    expect(await overhang(page), address).toBeLessThanOrEqual(0)
    expect(await seriousFindings(page), address).toEqual([])
  }
  await untilScripted(page.getByRole('main'))
  await page.getByRole('button', { name: 'Put a text on the list' }).click()
  await page.getByRole('dialog').getByRole('listitem').first().waitFor()
  const dialog = page.getByRole('dialog')
  expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0)
  expect(await seriousFindings(page)).toEqual([])
})
