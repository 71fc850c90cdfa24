import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { renderBlocks } from '#domain/text/render-blocks.ts'
import { mostFiles } from '#server/import/collection/collection.ts'
import { readCollection } from '#server/import/collection/read-collection.ts'
import { buildZip, type ZipOptions } from './build-zip.ts'

const temporary: string[] = []
afterAll(async () => {
  for (const folder of temporary) await rm(folder, { recursive: true })
})

type Files = Readonly<Record<string, string | Uint8Array>>

/** Ids are `…0001`, `…0002` in the order of the files. */
function countingIds() {
  let count = 0
  return () => {
    count += 1
    return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
  }
}

const readZip = (files: Files, options?: ZipOptions) =>
  readCollection({ source: { archive: buildZip(files, options) } }, countingIds(), () => {})

const book: Files = {
  'book/one.md':
    '# One\n\nSee [two](two.html), [its end](two.html#the-end), [three](../three.md#last-words), [none](gone.md), [out](https://example.org).\n',
  'book/two.html':
    '<article><p>A first paragraph of words.</p><h2 id="the-end">The End</h2><p>A second, with <a href="one.md">the way back</a>.</p></article>',
  'three.md': '# Three\n\nFirst.\n\n## Last Words\n\nHere.\n',
}

describe('a collection', () => {
  test('makes the links between its files links between documents, to the place they name', async () => {
    const { files, refused } = await readZip(book)
    expect(refused).toEqual([])
    expect(files.map((file) => file.path)).toEqual(Object.keys(book))
    const [one, two] = files.map(({ imported }) => renderBlocks(imported.edition.blocks))
    const links = [
      ...(one ?? '').matchAll(/<(?:a|span)[^>]*(?:href|title)="([^"#][^"]*)"[^>]*>([^<]+)</g),
    ].map(([, href, words]) => [words, href])
    expect(links).toEqual([
      ['two', '/read/00000000-0000-4000-8000-000000000002'],
      ['its end', '/read/00000000-0000-4000-8000-000000000002?p=2'],
      ['three', '/read/00000000-0000-4000-8000-000000000003?p=2'],
      ['none', 'gone.md'],
      ['out', 'https://example.org'],
    ])
    expect(two).toContain('href="/read/00000000-0000-4000-8000-000000000001"')
  })

  test('is a folder as well, without the links that lead out of it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'postil-collection-'))
    temporary.push(folder)
    for (const [name, content] of Object.entries(book)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
      await writeFile(path.join(folder, name), content)
    }
    await symlink('/etc/passwd', path.join(folder, 'secrets.txt'))
    const { files } = await readCollection({ source: { folder } }, countingIds(), () => {})
    expect(files.map((file) => file.path)).toEqual(Object.keys(book))
  })

  test('says of each file that is refused why, and passes over what programs leave', async () => {
    const { files, refused } = await readZip({
      'good.txt': 'Words.',
      'empty.txt': '',
      'cover.png': 'x',
      'inner.zip': buildZip({ 'a.txt': 'Words.' }),
      'broken.docx': 'no archive',
      'plain.xml': '<note>no TEI</note>',
      '__MACOSX/good.txt': 'litter',
      '.DS_Store': 'litter',
    })
    expect(files.map((file) => file.path)).toEqual(['good.txt'])
    expect(refused).toEqual([
      { path: 'empty.txt', reason: 'This file is empty.' },
      { path: 'cover.png', reason: 'Files of this kind cannot be brought in.' },
      { path: 'inner.zip', reason: 'An archive inside another is not opened.' },
      { path: 'broken.docx', reason: 'This archive is damaged or cut off.' },
      { path: 'plain.xml', reason: 'Files of this kind cannot be brought in.' },
    ])
  })

  test('tells how far it is', async () => {
    const shares: number[] = []
    await readCollection({ source: { archive: buildZip(book) } }, countingIds(), (share) =>
      shares.push(share),
    )
    expect(shares).toEqual([1 / 3, 2 / 3, 1])
  })
})

describe('a hostile archive is refused as a whole, in one line', () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.txt`, 'Words.']))

  test.each<[string, () => Uint8Array]>([
    ['a path that leads out', () => buildZip({ 'a.txt': 'Words.', '../../etc/cron.txt': 'Words.' })],
    ['an absolute path', () => buildZip({ '/etc/passwd.txt': 'Words.' })],
    ['a symbolic link', () => buildZip({ 'a.txt': 'Words.', 'b.txt': '/etc/passwd' }, { link: 'b.txt' })],
    ['10,000 files', () => buildZip(many(10_000))],
    ['one file too many', () => buildZip(many(mostFiles + 1))],
    ['an encrypted file', () => buildZip({ 'a.txt': 'Words.' }, { isEncrypted: true })],
    ['an end that is cut off', () => buildZip({ 'a.txt': 'Words.' }).subarray(0, 40)],
    ['something else', () => new TextEncoder().encode('not an archive')],
    [
      'files that inflate without end',
      () =>
        buildZip({ 'a.txt': new Uint8Array(100 * 1024 * 1024), 'b.txt': new Uint8Array(100 * 1024 * 1024) }),
    ],
  ])('%s', async (_, build) => {
    const read = readCollection({ source: { archive: build() } }, countingIds(), () => {})
    await expect(read).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:unprocessable|too-large)$/),
      message: expect.stringMatching(/^[^\n]{10,120}$/),
    })
  })
})
