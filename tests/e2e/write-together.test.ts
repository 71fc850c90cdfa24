/** Two people read one text at once and write in its margin: what each sees of the other, and when. */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Document } from '#domain/wire/document.ts'
import { threadList } from '#domain/wire/thread.ts'
import { askApi, bringIn, discussionOf, writeNote } from './ask-api.ts'
import { openBrowser } from './browser.ts'
import { eventually } from './eventually.ts'
import {
  blockWith,
  card,
  margin,
  noteField,
  openReader,
  selectionBar,
  selectWords,
  untilReady,
  wordsIn,
} from './reader-page.ts'

/** Holds back what the server answers to the next request there, until it is let through and the page has it. */
async function holdAnswer(page: Page, url: string) {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const arrived = page.waitForEvent('requestfinished', (request) => request.method() === 'PATCH')
  await page.route(
    url,
    async (route) => {
      const response = await route.fetch()
      await held
      await route.fulfill({ response })
    },
    { times: 1 },
  )
  return {
    async letThrough() {
      release()
      await arrived
      await page.evaluate(
        () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
      )
    },
  }
}

// Here nobody is refused anything, so any word in a console is news, but for what is pasted with a script in it.
const { signedIn } = openBrowser({ expects: /favicon|Executing inline event handler violates/ })

const sentences = Array.from(
  { length: 24 },
  (_, at) =>
    `On day ${at + 1} the keeper walked the bank from the mill to the church and back, at high water and at low, and wrote down what he saw in the book that nobody had asked him to keep.`,
)
const words = 'the keeper walked the bank from the mill'

interface Reading {
  readonly anna: Page
  readonly bo: Page
  readonly text: Document
}

/** Anna and Bo, each in a browser of their own, with the same text open that nobody has written on. */
async function readTogether(): Promise<Reading> {
  const [helen, anna, bo] = await Promise.all([signedIn('helen'), signedIn('anna'), signedIn('bo')])
  const text = await bringIn(helen, {
    title: `The keeper's book ${randomUUID().slice(0, 8)}`,
    content: sentences.join('\n\n'),
  })
  await helen.context().close()
  await Promise.all([openReader(anna, `/read/${text.slug}`), openReader(bo, `/read/${text.slug}`)])
  return { anna, bo, text }
}

/** Selects words and opens a note on them; the person may type at once. */
async function beginNote(page: Page, on: string): Promise<void> {
  await selectWords(page, on)
  await selectionBar(page).getByRole('button', { name: /^Note/ }).click()
  await untilWriting(page)
}

/** Waits until what is typed goes into the note: before the editor has the focus, keys mean something else. */
async function untilWriting(page: Page): Promise<void> {
  await noteField(page).waitFor()
  await eventually(() => noteField(page).evaluate((field) => field === document.activeElement)).toBe(true)
}

async function post(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Post', exact: true }).click()
  await noteField(page).waitFor({ state: 'detached' })
}

const untilSaved = (page: Page) => margin(page).getByText('Saved', { exact: true }).waitFor()

/** What a person hears of who else is here. */
const faces = (page: Page) =>
  page
    .getByRole('list', { name: 'Also here' })
    .getByRole('button')
    .evaluateAll((all) => all.map((face) => face.getAttribute('aria-label')))

describe('a note', () => {
  test('is its author’s alone until it is posted: in the list, in the margin and in presence', async () => {
    const { anna, bo, text } = await readTogether()
    await beginNote(anna, words)
    await anna.keyboard.type('Nobody is to see this yet.')
    await untilSaved(anna)

    // What Anna writes after the draft has reached Bo; so would the draft have.
    await writeNote(anna, text, { words: 'On day 2', note: 'This one is for all.' })
    await card(bo, /note by Anna/)
      .getByText('This one is for all.')
      .waitFor()
    expect(await margin(bo).getByRole('article').count()).toBe(1)
    expect(await faces(bo)).toEqual([expect.stringMatching(/^Anna Lindqvist, (at paragraph \d+|here)/)])
    const layer = await discussionOf(bo)
    const { items } = await askApi(bo, threadList, 'GET', `/documents/${text.id}/threads?layer=${layer}`)
    expect(items.map(({ note }) => note?.text)).toEqual(['This one is for all.'])

    await anna.reload()
    await card(anna, 'note by you').getByText('draft, only you see it').waitFor()
    await card(anna, 'note by you').getByText('Nobody is to see this yet.').waitFor()
  })

  test('arrives with the others when it is posted, and does not move what they read', async () => {
    const { anna, bo } = await readTogether()
    await bo.mouse.move(400, 400)
    await bo.mouse.wheel(0, 260)
    const top = () => blockWith(bo, 'On day 5 ').evaluate((block) => block.getBoundingClientRect().top)
    await eventually(() => bo.evaluate(() => scrollY)).toBe(260)
    const before = await top()

    await beginNote(anna, 'On day 4 the keeper')
    await anna.keyboard.type('What did he see on the fourth day?')
    await untilSaved(anna)
    await post(anna)

    await card(bo, 'New note by Anna Lindqvist').getByText('What did he see on the fourth day?').waitFor()
    expect(await bo.evaluate(() => scrollY)).toBe(260)
    expect(await top()).toBe(before)
    await bo.getByRole('button', { name: '1 note, 1 unread' }).waitFor()
    await bo.getByText('New note by Anna Lindqvist on paragraph 4').waitFor({ state: 'attached' })
  })

  test('grows before the others’ eyes letter by letter, with the name of who writes', async () => {
    const { anna, bo, text } = await readTogether()
    await writeNote(anna, text, { words, note: 'So' })
    await card(bo, /note by Anna/).waitFor()
    await card(anna, 'note by you').click()
    await card(anna, 'note by you').getByRole('button', { name: 'Edit' }).click()
    await untilWriting(anna)

    const watched = bo.getByRole('textbox', { name: 'The note, as it is written' })
    await watched.waitFor()
    await card(bo, /note by Anna/)
      .getByText('Anna Lindqvist is writing…')
      .waitFor()
    await eventually(() => faces(bo)).toEqual(['Anna Lindqvist, writing a note: go there'])
    for (const grown of ['So f', 'So fa', 'So far']) {
      await anna.keyboard.type(grown === 'So f' ? ' f' : grown.slice(-1))
      await eventually(() => wordsIn(watched)).toBe(grown)
    }
    await watched.getByText('Anna Lindqvist', { exact: true }).waitFor()
    expect(await watched.getAttribute('contenteditable')).toBe('false')

    await anna.getByRole('button', { name: 'Done' }).click()
    await card(bo, /note by Anna/)
      .getByText('is writing…')
      .waitFor({ state: 'detached' })
    await card(bo, /note by Anna/)
      .getByText('So far')
      .waitFor()
  })

  test('can say again what it said before, before everyone’s eyes', async () => {
    const { anna, bo, text } = await readTogether()
    // A wording is kept when nobody has the note open any more, so Bo is away while they come to be.
    await bo.goto('about:blank')
    await writeNote(anna, text, { words, note: 'So' })
    const own = card(anna, 'note by you')
    for (const [typed, whole] of [
      [' far', 'So far'],
      [' good', 'So far good'],
    ] as const) {
      await own.click()
      await own.getByRole('button', { name: 'Edit' }).click()
      await untilWriting(anna)
      await anna.keyboard.type(typed)
      await untilSaved(anna)
      await anna.getByRole('button', { name: 'Done' }).click()
      await own.getByText(whole, { exact: true }).waitFor()
      await anna.reload()
      await untilReady(anna)
    }

    await openReader(bo, `/read/${text.slug}`)
    await own.click()
    await own.getByRole('button', { name: 'History' }).click()
    const earlier = own.getByRole('list', { name: 'Earlier wordings of the note' })
    await earlier.getByText('So far', { exact: true }).waitFor()
    await earlier.getByRole('button', { name: 'Bring this wording back' }).click()
    await card(bo, /note by Anna/)
      .getByText('So far', { exact: true })
      .waitFor()
  })

  test('that is co-written is written in by both, and both end with the same words', async () => {
    const { anna, bo, text } = await readTogether()
    await writeNote(anna, text, { words, note: 'Begun.' })
    await card(anna, 'note by you').click()
    await card(bo, /note by Anna/).click()
    await card(bo, /note by Anna/)
      .getByRole('button', { name: 'Copy link' })
      .waitFor()
    expect(
      await card(bo, /note by Anna/)
        .getByRole('button', { name: 'Edit' })
        .count(),
    ).toBe(0)
    await card(anna, 'note by you').getByLabel('Others may write in this note').click()
    await card(bo, /note by Anna/)
      .getByRole('button', { name: 'Edit' })
      .click()
    await card(anna, 'note by you').getByRole('button', { name: 'Edit' }).click()
    await Promise.all([untilWriting(bo), untilWriting(anna)])

    await Promise.all([
      anna.keyboard.type(' Anna adds an oak.', { delay: 15 }),
      bo.keyboard.type(' Bo adds an elm.', { delay: 15 }),
    ])
    await eventually(async () => (await wordsIn(noteField(anna))).length).toBeGreaterThan(
      'Begun. Anna adds an oak. Bo adds an elm'.length,
    )
    await eventually(async () => (await wordsIn(noteField(anna))) === (await wordsIn(noteField(bo)))).toBe(
      true,
    )
    await Promise.all([untilSaved(anna), untilSaved(bo)])
    const both = await wordsIn(noteField(anna))
    expect([...both].sort().join('')).toBe([...'Begun. Anna adds an oak. Bo adds an elm.'].sort().join(''))

    // Bo has the note open still, so after a reload Anna watches it live, his caret among the words.
    await anna.reload()
    const watched = card(anna, 'note by you').getByRole('textbox', { name: 'The note, as it is written' })
    await eventually(async () => ((await watched.count()) > 0 ? wordsIn(watched) : '')).toBe(both)
    await bo.getByRole('button', { name: 'Done' }).click()
    await watched.waitFor({ state: 'detached' })
    await card(anna, 'note by you').getByText(both.trim()).waitFor()
    await card(bo, /note by Anna/)
      .getByRole('button', { name: 'Copy link' })
      .waitFor()
    expect(
      await card(bo, /note by Anna/)
        .getByRole('button', { name: 'Delete' })
        .count(),
    ).toBe(0)
  })

  test('keeps bold, italic, lists, quotations and links, and of what is pasted nothing else', async () => {
    const { anna, bo } = await readTogether()
    await beginNote(anna, words)
    await anna.getByRole('button', { name: 'Bold' }).click()
    await anna.keyboard.type('heavy')
    await anna.getByRole('button', { name: 'Bold' }).click()
    await noteField(anna).evaluate((field) => {
      const data = new DataTransfer()
      data.setData(
        'text/html',
        '<h1 style="color:red">Title</h1><p><em>slanted</em> <u>plain</u> <a href="https://example.org/" onclick="x()">a link</a> <a href="javascript:alert(1)">no link</a></p><ul><li>one</li></ul><blockquote><p>said</p></blockquote><table><tr><td>cell</td></tr></table><img src="https://example.org/x.png">',
      )
      field.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    })
    await untilSaved(anna)
    await post(anna)
    const note = card(bo, /note by Anna/)
    await note.getByText('cell').waitFor({ state: 'attached' })
    await note.click()
    expect(await note.getByRole('strong').allInnerTexts()).toEqual(['heavy'])
    expect(await note.getByRole('emphasis').allInnerTexts()).toEqual(['slanted'])
    expect(await note.getByRole('blockquote').allInnerTexts()).toEqual(['said'])
    expect(await note.getByRole('listitem').allInnerTexts()).toEqual(['one'])
    expect(
      await note.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['https://example.org/'])
    expect(await note.locator('h1, u, table, img, p[style], a[style], [onclick]').count()).toBe(0)
  })
})

describe('a thread', () => {
  test('carries replies that both see; one’s own can be edited, with its history, deleted and brought back', async () => {
    const { anna, bo, text } = await readTogether()
    await writeNote(anna, text, { words, note: 'Why every day?' })
    const forBo = card(bo, /note by Anna/)
    const forAnna = card(anna, 'note by you')
    await forAnna.click()
    await forBo.click()
    await forBo.getByRole('button', { name: 'Reply' }).click()
    const field = bo.getByRole('textbox', { name: 'Your reply to Anna Lindqvist' })
    await field.pressSequentially('Because nobody else did.')
    // What was not sent is kept in the browser it was written in.
    await bo.reload()
    await forBo.click()
    await forBo.getByRole('button', { name: 'Reply' }).click()
    await field.getByText('Because nobody else did.').waitFor()
    await bo.getByRole('button', { name: 'Reply', exact: true }).click()
    await forAnna.getByText('Because nobody else did.').waitFor()
    const replies = forAnna.getByRole('list', { name: 'Replies' })
    expect(await replies.getByRole('button', { name: 'Edit' }).count()).toBe(0)

    const own = forBo.getByRole('list', { name: 'Replies' })
    await own.getByRole('button', { name: 'Edit' }).click()
    const edited = bo.getByRole('textbox', { name: 'Your reply', exact: true })
    await edited.waitFor()
    await edited.pressSequentially(' Not even the clerk.')
    await bo.getByRole('button', { name: 'Save' }).click()
    await replies.getByText('Because nobody else did. Not even the clerk.').waitFor()
    await replies.getByRole('button', { name: 'edited' }).click()
    await forAnna
      .getByRole('list', { name: 'Earlier wordings' })
      .getByText('Because nobody else did.', { exact: true })
      .waitFor()

    await own.getByRole('button', { name: 'Delete' }).click()
    await forAnna.getByText('Not even the clerk.').waitFor({ state: 'detached' })
    await bo.getByRole('button', { name: 'Undo' }).click()
    await replies.getByText('Because nobody else did. Not even the clerk.').waitFor()

    await anna.reload()
    await card(anna, 'note by you').getByRole('button', { name: '1 reply' }).click()
    await replies.getByText('Because nobody else did. Not even the clerk.').waitFor()
  })

  test('that is deleted can be brought back, and leaves a tombstone over others’ replies', async () => {
    const { anna, bo, text } = await readTogether()
    await writeNote(anna, text, { words, note: 'A hasty word.' })
    const forBo = card(bo, /note by Anna/)
    await forBo.waitFor()
    await card(anna, 'note by you').click()
    await card(anna, 'note by you').getByRole('button', { name: 'Delete' }).click()
    await forBo.waitFor({ state: 'detached' })
    await anna.getByRole('button', { name: 'Undo' }).click()
    await forBo.getByText('A hasty word.').waitFor()

    await forBo.click()
    await forBo.getByRole('button', { name: 'Reply' }).click()
    await bo.getByRole('textbox', { name: /^Your reply to/ }).pressSequentially('Not so hasty.')
    await bo.getByRole('button', { name: 'Reply', exact: true }).click()
    await card(anna, 'note by you').click()
    await card(anna, 'note by you').getByText('Not so hasty.').waitFor()
    await card(anna, 'note by you').getByRole('button', { name: 'Delete' }).click()
    await forBo.getByText('This note was deleted. Its replies stay.').waitFor()
    await forBo.getByText('Not so hasty.').waitFor()
    expect(await forBo.getByText('A hasty word.').count()).toBe(0)

    await bo.reload()
    await forBo.getByText('This note was deleted. Its replies stay.').waitFor()
  })

  test('is resolved and reopened with a reason, and tagged; both see it, and see it still after a reload', async () => {
    const { anna, bo, text } = await readTogether()
    await writeNote(anna, text, { words, note: 'Which bank?', kind: 'question' })
    const own = card(anna, 'question by you')
    const forBo = card(bo, /question by Anna/)
    await forBo.waitFor()
    await own.click()
    await own.getByLabel('Add a tag').fill('geography')
    await anna.keyboard.press('Enter')
    await forBo.getByText('geography').waitFor()

    await own.getByRole('button', { name: 'Resolve' }).click()
    await own.getByLabel(/^Why is it resolved\?/).fill('The left one.')
    await anna.keyboard.press('Enter')
    await forBo.getByText('Resolved by Anna Lindqvist: The left one.').waitFor()
    await forBo.getByText('resolved', { exact: true }).waitFor()
    expect(await forBo.getByRole('button', { name: 'Reopen' }).count()).toBe(0)

    await own.getByRole('button', { name: 'Reopen' }).click()
    await own.getByLabel(/^Why is it open again\?/).fill('The map is older.')
    await anna.keyboard.press('Enter')
    await forBo.getByText('Reopened by Anna Lindqvist: The map is older.').waitFor()

    await bo.reload()
    await forBo.getByText('Reopened by Anna Lindqvist: The map is older.').waitFor()
    await forBo.getByText('geography').waitFor()
    expect(await forBo.getByText('resolved', { exact: true }).count()).toBe(0)
  })

  test('can be given other words and further ones by its author', async () => {
    const { anna, bo, text } = await readTogether()
    const { id } = await writeNote(anna, text, { words: 'On day 1', note: 'About which day?' })
    const own = card(anna, 'note by you')
    await card(bo, /note by Anna/).waitFor()
    await own.click()
    await selectWords(anna, 'On day 3')
    const answer = await holdAnswer(anna, `**/api/v1/threads/${id}`)
    await own.getByRole('button', { name: 'Move to the selection' }).click()
    await bo.getByRole('button', { name: /^1 note/ }).waitFor()
    const markedBlock = () =>
      bo
        .getByRole('button', { name: /^1 note/ })
        .evaluateAll((marks) => marks.map((mark) => mark.closest('[data-row]')?.textContent?.slice(0, 9)))
    await eventually(markedBlock).toEqual(['3On day 3'])

    // Words that are selected while the server is still to answer stay selected when it does.
    await selectWords(anna, 'On day 5')
    await answer.letThrough()
    await own.getByRole('button', { name: 'Add the selection' }).click()
    await eventually(markedBlock).toEqual(['3On day 3', '5On day 5'])
    const layer = await discussionOf(bo)
    const { items } = await askApi(bo, threadList, 'GET', `/documents/${text.id}/threads?layer=${layer}`)
    const passages = items.find((thread) => thread.id === id)?.passages ?? []
    expect(passages.map((passage) => 'exact' in passage && passage.exact)).toEqual(['On day 3', 'On day 5'])
  })
})
