/**
 * What an import costs: `npx tsx tests/bench/import/bench.ts`. Each row is read in a thread of its own, as the server
 * does; beside the time stand the processor's, of the whole process, the most memory that the process held meanwhile, above what it held before, and the
 * longest time in which the serving thread answered nobody. Measured, never asserted.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { importInWorker } from '#server/import/import-in-worker.ts'
import type { ImportFormat } from '#server/import/importer.ts'
import { buildPdf, stack, typeset } from '../../unit/import/build-pdf.ts'

const words =
  'the harbour council met before noon and nobody spoke of the letters that had come by sea in winter'.split(
    ' ',
  )
/** A paragraph of about `length` characters, other words each time. */
function toParagraph(seed: number, length: number): string {
  const picked: string[] = []
  for (let size = 0, at = seed; size < length; at = (at * 31 + 7) % 9973) {
    const word = words[at % words.length] ?? ''
    picked.push(word)
    size += word.length + 1
  }
  return `So ${picked.join(' ')}.`
}

const wrap = (text: string) => text.replace(/(.{60,72}) /g, '$1\n')

function toPlainText(bytes: number): Uint8Array {
  const paragraphs = Array.from({ length: Math.ceil(bytes / 600) }, (_, n) => wrap(toParagraph(n, 590)))
  return new TextEncoder().encode(paragraphs.join('\n\n'))
}

function toHtml(bytes: number): Uint8Array {
  const paragraphs = Array.from(
    { length: Math.ceil(bytes / 620) },
    (_, n) => `${n % 40 === 0 ? `<h2 id="h${n}">Part ${n}</h2>` : ''}<p>${toParagraph(n, 600)}</p>`,
  )
  return new TextEncoder().encode(
    `<!doctype html><title>T</title><article>${paragraphs.join('\n')}</article>`,
  )
}

async function toPdf(pages: number): Promise<Uint8Array> {
  const lines = await typeset(
    Array.from({ length: 60 }, (_, n) => toParagraph(n, 500)),
    { x: 50, width: 300 },
  )
  return buildPdf(
    Array.from({ length: pages }, (_, n) => {
      const from = (n * 37) % Math.max(1, lines.length - 38)
      return [
        ['A RUNNING HEAD', 160, 40, 8],
        ...stack(lines.slice(from, from + 38), 70),
        [`${n + 1}`, 195, 580],
      ]
    }),
  )
}

async function measure(name: string, bytes: Uint8Array, format: ImportFormat): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const before = process.memoryUsage.rss()
  let most = before
  const sampler = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  delay.enable()
  const began = performance.now()
  const used = process.cpuUsage()
  const { edition } = await importInWorker({ bytes, format })
  const seconds = (performance.now() - began) / 1000
  const cpuSeconds = process.cpuUsage(used).user / 1_000_000
  delay.disable()
  clearInterval(sampler)
  console.log(
    [
      name.padEnd(22),
      `${(bytes.length / 1e6).toFixed(1)} MB`.padStart(9),
      `${edition.blocks.length}`.padStart(8),
      `${seconds.toFixed(2)} s`.padStart(9),
      `${cpuSeconds.toFixed(2)} s`.padStart(9),
      `${Math.round((most - before) / 1e6)} MB`.padStart(9),
      `${Math.round(delay.max / 1e6)} ms`.padStart(9),
    ].join('  '),
  )
}

console.log('                            size    blocks       time       CPU    memory     block')
// After the first, a thread stands by for the next, as it does in a server that is in use.
await importInWorker({ bytes: toPlainText(1_000), format: 'txt' })
await setTimeout(3_000)
await measure('1 MB of plain text', toPlainText(1_000_000), 'txt')
await measure('5 MB of HTML', toHtml(5_000_000), 'html')
await measure('a PDF of 400 pages', await toPdf(400), 'pdf')
