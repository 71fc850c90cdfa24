/** What stands on the screen is the canonical text, character for character, whatever was brought in or written on it. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { account } from '#domain/wire/account.ts'
import { type Document, document } from '#domain/wire/document.ts'
import { listOf } from '#domain/wire/shared.ts'
import { askApi, bringIn, discussionOf, sampleGroup, writeNote } from './ask-api.ts'
import { openBrowser } from './browser.ts'
import { eventually } from './eventually.ts'
import { card, openReader, paintedWords } from './reader-page.ts'

const { signedIn } = openBrowser({ expects: /favicon/ })

/** Every rendered block of the open section: its range and its text as the browser has it. */
const blocksOf = (page: Page) =>
  page.locator('[data-block]').evaluateAll((blocks) =>
    blocks.map((block) => ({
      start: Number(block.getAttribute('data-start')),
      end: Number(block.getAttribute('data-end')),
      text: block.textContent ?? '',
    })),
  )

/** Opens every section and compares: each block is its slice, and the blocks are the whole text. */
async function expectCanonical(page: Page, { id, slug, edition }: Document): Promise<void> {
  const text = await (await page.request.get(`/api/v1/documents/${id}/text`)).text()
  const shown: string[] = []
  for (let number = 1; ; number += 1) {
    await page.goto(`/read/${slug}/${number}`, { waitUntil: 'domcontentloaded' })
    for (const block of await blocksOf(page)) {
      expect(block.text).toBe(text.slice(block.start, block.end))
      shown.push(block.text)
    }
    if ((await page.locator('a[rel=next]').count()) === 0) break
  }
  expect(shown).toHaveLength(edition.blocks)
  expect(shown.join('\n')).toBe(text)
}

const difficult = `# Zalgo and families

Combining: e\u0301 a\u0308 o\u0302\u0323 — *e\u0301m**p**hasis*, Z\u0351\u036b\u0343a\u0302lgo, \u1e9b\u0323.

Emoji: 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇩🇪 1️⃣, and 𝔣𝔯𝔞𝔨𝔱𝔲𝔯 outside the first plane.

> עברית מימין לשמאל, then العربية and back.

| a | b |
|---|---|
| 1 *x* | two \`code\` |
| &lt;b&gt; | & &amp; &nbsp; |

\`\`\`
  code   with   spaces

and\ttabs
\`\`\`

1. one
   - nested **two**

A soft\u00adhyphen, a zero\u200bwidth space, a no\u00a0break space.[^n]

[^n]: The note.
`

const hostile = `<!DOCTYPE html><html><head><title>Hostile</title><script>window.hostile = 'head'</script></head><body>
<article>
<h1>Hostile<img src=x onerror="window.hostile='title'"></h1>
<p onclick="window.hostile='click'" onmouseover="window.hostile='over'">A paragraph<script>window.hostile='inline'</script> of some length, so that it is taken for an article and not for furniture of the page.</p>
<p><a href="javascript:window.hostile='link'">A link that runs</a>, <a href="  java&#10;script:window.hostile='link'">one in disguise</a>, <a href="data:text/html,<script>window.hostile='data'</script>">one with data</a>, <a href="https://example.org/" onfocus="window.hostile='focus'" autofocus>and a good one</a>.</p>
<p><img src="x" onerror="window.hostile='img'" alt="A picture"> <svg onload="window.hostile='svg'"><script>window.hostile='svg-script'</script><a xlink:href="javascript:window.hostile='svg-link'"><text>svg</text></a></svg></p>
<iframe src="javascript:parent.hostile='frame'"></iframe><object data="javascript:window.hostile='object'"></object><embed src="javascript:window.hostile='embed'">
<math><mtext><table><mglyph><style><img src=x onerror="window.hostile='mxss'"></style></mglyph></table></mtext></math>
<noscript><p title="</noscript><img src=x onerror=window.hostile='noscript'>">x</p></noscript>
<details open ontoggle="window.hostile='toggle'"><summary>More</summary>text</details>
<form action="javascript:window.hostile='form'"><input autofocus onfocus="window.hostile='input'"><button>send</button></form>
<p style="background:url(javascript:window.hostile='css')" id="reader-find" data-block="0" data-start="0">Named like a part of the page.</p>
<p>&lt;script&gt;window.hostile = 'escaped'&lt;/script&gt; stays as words.</p>
</article></body></html>`

describe('the rendered blocks are the canonical text', () => {
  test('in the sample corpus', async () => {
    const page = await signedIn('anna', { javaScriptEnabled: false })
    const { items } = await askApi(page, listOf(document), 'GET', '/documents?q=weir')
    const samples = items.filter(({ slug }) => /^(report-on|the-weir-betrayed)/.test(slug))
    expect(samples.length).toBeGreaterThanOrEqual(2)
    for (const sample of samples) await expectCanonical(page, sample)
  })

  test('with combining marks, emoji, tables, code and notes', async () => {
    const helen = await signedIn('helen')
    const made = await bringIn(helen, { title: 'كتاب صعب', format: 'md', content: difficult })
    await expectCanonical(helen, made)
    const text = await (await helen.request.get(`/api/v1/documents/${made.id}/text`)).text()
    expect(text).toContain('👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽')
    expect(text).toContain('e\u0301 a\u0308 o\u0302\u0323')
  })

  test('in a text that attacks the page', async () => {
    const helen = await signedIn('helen')
    await expectCanonical(helen, await bringIn(helen, { title: 'Hostile', format: 'html', content: hostile }))
  })

  const folder = process.env.POSTIL_TEST_CORPUS
  test.each(folder ? readdirSync(folder) : [])('in the given document %s', async (file) => {
    const helen = await signedIn('helen')
    const content = readFileSync(path.join(folder ?? '', file), 'utf8')
    const format = file.endsWith('.html') ? 'html' : file.endsWith('.md') ? 'md' : 'txt'
    await expectCanonical(helen, await bringIn(helen, { format, content }))
  })
})

test('two hundred highlights leave every block’s DOM as the server sent it', async () => {
  const helen = await signedIn('helen')
  const sentence = 'the water *rose* behind the old weir while the **keeper** slept and the river went on. '
  const content = Array.from({ length: 25 }, (_, at) => `Paragraph ${at}: ${sentence.repeat(8)}`).join('\n\n')
  const made = await bringIn(helen, { title: 'Highlighted', format: 'md', content })
  const blocks = () => helen.locator('[data-block]').evaluateAll((all) => all.map((one) => one.outerHTML))
  await openReader(helen, `/read/${made.slug}/1`)
  const before = await blocks()

  const layerId = await discussionOf(helen)
  const step = Math.floor(made.edition.length / 201)
  for (let at = 0; at < 200; at += 8) {
    const batch = Array.from({ length: 8 }, (_, next) => (at + next) * step)
    await Promise.all(
      batch.map((start) =>
        askApi(helen, z.object({ id: z.string() }), 'POST', '/threads', {
          documentId: made.id,
          layerId,
          kind: 'highlight',
          passages: [{ start, end: start + 2 * step }],
        }),
      ),
    )
  }
  await openReader(helen, `/read/${made.slug}/1`)
  await eventually(async () => (await paintedWords(helen, /highlight/)).length).toBeGreaterThanOrEqual(200)
  expect(await blocks()).toEqual(before)
})

test('nothing of a hostile text, note, reply, tag, name or title is run', { timeout: 150_000 }, async () => {
  const attack = `<img src=x onerror="window.hostile='words'"><script>window.hostile='script'</script>`
  const helen = await signedIn('helen')
  const dialogs: string[] = []
  const guard = async (page: Page) => {
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    return page
  }
  const secret = { email: `mallory-${randomUUID()}@example.org`, password: 'a long enough password' }
  await askApi(helen, account, 'POST', '/accounts', { ...secret, name: `Mallory ${attack}` })
  const member = { email: secret.email, role: 'reader' }
  await askApi(helen, z.unknown(), 'POST', `/groups/${(await sampleGroup(helen)).id}/members`, member)
  const text = await bringIn(helen, { title: `Title ${attack}`, format: 'html', content: hostile })
  const mallory = await guard(await signedIn(secret))
  const { id } = await writeNote(mallory, text, {
    words: 'A paragraph of some length',
    note: `Note ${attack}`,
    tags: [`<b onclick=x>`],
  })
  await askApi(mallory, z.unknown(), 'POST', `/threads/${id}/replies`, { body: `Reply ${attack}` })

  const anna = await guard(await signedIn('anna'))
  await openReader(mallory, `/read/${text.slug}`)
  await openReader(anna, `/read/${text.slug}`)
  const note = card(anna, /note by Mallory/)
  await note.click()
  await note.getByText(`Note ${attack}`).waitFor()
  await note.getByText(`Reply ${attack}`).waitFor()
  await note.getByText(`<b onclick=x>`).waitFor()
  await anna
    .getByRole('list', { name: 'Also here' })
    .getByRole('button', { name: /Mallory <img/ })
    .waitFor()
  for (const link of await anna.locator('[data-block] a').all()) {
    expect(await link.getAttribute('href')).toMatch(/^(https?:|mailto:|#)/)
  }
  const alien = 'script, svg, iframe, object, embed, form, details, [onclick], [onerror], [onfocus]'
  expect(await anna.locator('[data-text]').locator(alien).count()).toBe(0)
  expect(await anna.locator('#reader-find').count()).toBe(1)
  await anna.locator('[data-block]').first().hover()
  await anna.locator('[data-block]').first().click()
  expect(await ranIn(anna)).toBeUndefined()

  await anna.goto('/')
  await anna.getByText(`Title ${attack}`).first().waitFor()
  expect(await ranIn(anna)).toBeUndefined()
  expect(await ranIn(mallory)).toBeUndefined()
  expect(dialogs).toEqual([])
})

test('a link that would run is refused in a note, by whatever door it comes', async () => {
  const anna = await signedIn('anna')
  const helen = await signedIn('helen')
  const text = await bringIn(helen, { title: 'Links', content: 'Some words to write on.' })
  const mark = { type: 'link', attrs: { href: 'javascript:window.hostile=1' } }
  const note = {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'press', marks: [mark] }] }],
  }
  const layerId = await discussionOf(anna)
  const body = { documentId: text.id, layerId, kind: 'note', passages: [{ exact: 'Some words' }], note }
  await expect(askApi(anna, z.unknown(), 'POST', '/threads', body)).rejects.toThrow(/: 422 /)
})

/** What a page's hostile part left behind, had it run. */
const ranIn = (page: Page): Promise<unknown> => page.evaluate(() => Reflect.get(window, 'hostile'))
