import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/app-error.ts'
import { importInWorker } from '#server/import/import-in-worker.ts'
import { importSource } from '#server/import/import-source.ts'
import { IMPORTERS } from '#server/import/importers.ts'
import { expectRenderedTextToBeCanonical } from '../text/rendered-text.ts'
import { importFixture, importText } from './read-fixture.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const refusal = (input: Uint8Array) =>
  importSource({ bytes: input, fileName: 'a.txt' }).then(
    () => null,
    (error: unknown) => error,
  )

describe('what is no text is refused in one line', () => {
  test.each([
    ['an empty file', new Uint8Array(), 'unprocessable'],
    ['spaces only', bytes(' \n\t '), 'unprocessable'],
    ['NUL bytes', bytes('a\0b'), 'unprocessable'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'unprocessable'],
    ['random bytes', Uint8Array.from({ length: 400 }, (_, n) => 128 + ((n * 37) % 128)), 'unprocessable'],
    ['more than 50 MB', new Uint8Array(50 * 1024 * 1024 + 1).fill(97), 'too-large'],
    ['50 MB of one line', new Uint8Array(50 * 1024 * 1024).fill(97), 'unprocessable'],
  ])('%s', async (_name, input, code) => {
    const error = await refusal(input)
    expect(error).toMatchObject({ name: 'AppError', code })
    expect(String(error)).not.toContain('\n')
  })

  test('HTML nested without end', async () => {
    await expect(importText('<div>'.repeat(200_000), { format: 'html' })).rejects.toThrow(
      expect.objectContaining({ code: 'unprocessable' }),
    )
  })
})

test.each([['A\n'], ['1. A\n'], ['=\n'], ['> a\n'], ['> a\n\n'], ['a\n\n'], ['- a\n']])(
  'a very long text of %j is read, not taken for a deep one',
  async (line) =>
    expect((await importText(line.repeat(60_000))).edition.text.length).toBeGreaterThan(60_000 - 1),
)

test.each([
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0xc3, 0xa9]],
  ['UTF-16, little end first', [0xff, 0xfe, 0xe9, 0x00]],
  ['UTF-16, big end first', [0xfe, 0xff, 0x00, 0xe9]],
])('text is read from %s', async (_name, input) => {
  expect((await importSource({ bytes: Uint8Array.from(input) })).edition.text).toBe('é')
})

test('text is read from Windows-1252 where it gives words', async () => {
  const input = Uint8Array.from([...bytes('The caf'), 0xe9, ...bytes(' was '), 0x93, ...bytes('full'), 0x94])
  expect((await importSource({ bytes: input })).edition.text).toBe('The café was “full”')
})

test('what the person says goes before what the file says, and titles are one line of 300 characters', async () => {
  const { source } = await importText('# A\n\nText', {
    format: 'md',
    overrides: { title: ` My\n title ${'x '.repeat(300)}` },
  })
  expect(source.title).toMatch(/^My title x/)
  expect(source.title?.length).toBeLessThanOrEqual(300)
})

const PIECES = [
  '\n', '\n\n', '\r\n', '\f', ' ', '    ', '\t', '> ', '>> ', '- ', '1. ', '2) ', '# ', '===', '---', 'CHAPTER I', '* * *', '|', '```\n',
  '[^1]', '[^1]: note', '[a](b)', '![i](j)', '**', '_', '`', '<b>', '</b>', '<p>', '<div>', '</div>', '<table><tr><td>', '<td>', '</table>',
  '<li>', '<ol start=3>', '<br>', '<pre>', '<blockquote>', '<sup><a href="#n">1</a></sup>', '<p id=n>note</p>', '<script>x</script>',
  '&amp;', '&#0;', '&#xD800;', '&#13;', '\uFEFF', 'e\u0301', '👩‍👩‍👧', 'שלום', '\u200F', 'word', 'Word.', 'well-', 'It was', '12', '«', '\u2028',
] // biome-ignore format: one table

test.each(Object.keys(IMPORTERS))(
  'whatever %s holds, every rendered block is its slice of the canonical text',
  { timeout: 30_000 },
  async (format) => {
    const source = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), {
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(source, async (pieces) => {
        const input = bytes(`word ${pieces.join('')}`)
        const read = () => importSource({ bytes: input, format: format as keyof typeof IMPORTERS })
        try {
          expectRenderedTextToBeCanonical((await read()).edition)
        } catch (error) {
          // Control characters, and pages with nothing to see, are refused.
          if (!(error instanceof AppError)) throw error
        }
      }),
      { numRuns: 300 },
    )
  },
)

describe('documents', () => {
  const own = new URL('./fixtures/', import.meta.url).pathname
  const corpus = process.env.POSTIL_TEST_CORPUS
  const files = [own, ...(corpus ? [corpus] : [])].flatMap((folder) =>
    readdirSync(folder).map((name) => join(folder, name)),
  )

  test.each(files)('%s: sane blocks, no heading lost, rendered text is canonical', async (file) => {
    const content = readFileSync(file)
    const started = performance.now()
    const { format, edition } = await importSource({ bytes: content, fileName: file })
    console.info(
      `${file}: ${format}, ${edition.blocks.length} blocks, ${Math.round(performance.now() - started)} ms`,
    )
    expectRenderedTextToBeCanonical(edition)
    expect(edition.blocks.length).toBeGreaterThan(edition.text.length / 5000)
    expect(edition.blocks.length).toBeLessThan(edition.text.length / 10)
    if (format !== 'md') return
    const headings = content.toString().match(/^#{1,6} /gm)?.length ?? 0
    expect(edition.blocks.filter(({ form }) => form.kind === 'heading').length).toBeGreaterThanOrEqual(
      headings,
    )
  })
})

// Starting a thread takes long where many tests run at once.
describe('an import in a thread of its own', { timeout: 30_000 }, () => {
  test('gives what an import gives, and says how far it is', async () => {
    const input = readFileSync(new URL('./fixtures/saved-page.html', import.meta.url))
    const stages: string[] = []
    const onProgress = (stage: string) => stages.push(stage)
    const result = await importInWorker({ bytes: input, fileName: 'saved-page.html' }, { onProgress })
    expect(result).toEqual(await importFixture('saved-page.html'))
    expect(stages).toEqual(['reading', 'placing', 'done'])
  })

  test('is refused with the same error', async () => {
    const refused = importInWorker({ bytes: bytes('\0') })
    await expect(refused).rejects.toMatchObject({ name: 'AppError', code: 'unprocessable' })
  })

  test('ends when it takes too long, or when nobody waits for it', async () => {
    const input = { bytes: bytes('word '.repeat(1_000_000).replace(/(.{70}) /g, '$1\n')) }
    await expect(importInWorker(input, { timeoutMs: 1 })).rejects.toMatchObject({ code: 'unprocessable' })
    const stop = new AbortController()
    const waiting = importInWorker(input, { signal: stop.signal })
    stop.abort(new Error('gone'))
    await expect(waiting).rejects.toThrow('gone')
  })

  test('ends when it takes too much memory, and the process lives', async () => {
    const input = { bytes: bytes('<p>word'.repeat(500_000)), format: 'html' as const }
    await expect(importInWorker(input, { maxMemoryMb: 48 })).rejects.toMatchObject({ code: 'unprocessable' })
  })

  test('runs under tsx as well', () => {
    const script = `import { AppError } from '#domain/app-error.ts'
import { importInWorker } from '#server/import/import-in-worker.ts'
      const { edition } = await importInWorker({ bytes: new TextEncoder().encode('One.\\n\\nTwo.') })
      console.log(edition.blocks.length)`
    const printed = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    })
    expect(printed.trim()).toBe('2')
  })
})
