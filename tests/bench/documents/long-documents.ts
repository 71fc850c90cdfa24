/**
 * What a long document costs the server: `npx tsx tests/bench/documents/long-documents.ts`. Starts the demo, brings in
 * texts of 50 kB, 500 kB and 5 MB and reads a section in the middle of each by turns; then writes notes in the longest
 * and brings in an edition of it in which one word of fifty is another. Beside each long step stands the longest time
 * in which another reader waited for a short page meanwhile. Measured, never asserted.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startDemo } from '../../e2e/running-server.ts'
import { createRandom } from '../anchoring/random.ts'
import { ProseWriter } from '../parallels/write-prose.ts'

const SIZES = [50_000, 500_000, 5_000_000]
const ROUNDS = 15
const NOTES = Number(process.env.POSTIL_BENCH_NOTES ?? 1000)

/** A signed-in person's way to the server. */
class Visitor {
  private readonly cookies = new Map<string, string>()

  constructor(private readonly url: string) {}

  async signIn(email: string, password: string): Promise<void> {
    const { csrfToken } = await (await this.fetch('/api/auth/csrf')).json()
    const body = new URLSearchParams({ csrfToken, email, password, json: 'true' })
    await this.fetch('/api/auth/callback/credentials', { method: 'POST', body, redirect: 'manual' })
  }

  async fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...init.headers, cookie, origin: this.url }
    const answer = await fetch(`${this.url}${address}`, { ...init, headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.cookies.set(name, value)
    }
    if (answer.status >= 400) throw new Error(`${address}: ${answer.status} ${await answer.text()}`)
    return answer
  }

  async ask(method: string, address: string, data?: object): Promise<ReturnType<typeof JSON.parse>> {
    const headers = { 'content-type': 'application/json' }
    const init = data === undefined ? {} : { headers, body: JSON.stringify(data) }
    return (await this.fetch(`/api/v1${address}`, { method, ...init })).json()
  }
}

/** Paragraphs of prose under a heading every hundred, as Markdown. */
function writeText(length: number): string {
  const sentences = new ProseWriter(length).write(length / 5.2)
  const paragraphs: string[] = []
  for (let at = 0; at < sentences.length; at += 6) {
    if (paragraphs.length % 101 === 0) paragraphs.push(`## Part ${paragraphs.length / 101 + 1}`)
    paragraphs.push(sentences.slice(at, at + 6).join(' '))
  }
  return paragraphs.join('\n\n').slice(0, length)
}

function editText(text: string): string {
  const random = createRandom(7)
  return text.replace(/(?<=[a-z] )[a-z]+(?= )/g, (word) => (random.below(50) === 0 ? `un${word}ed` : word))
}

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
const ms = (time: number) => `${time.toFixed(0)} ms`.padStart(10)

const dataDir = await mkdtemp(path.join(tmpdir(), 'postil-bench-'))
const demo = await startDemo({ POSTIL_DATA_DIR: dataDir, PORT: '0' })
try {
  const helen = new Visitor(demo.url)
  await helen.signIn('helen@example.org', 'read together')
  const me = await helen.ask('GET', '/me')
  const layer = me.layers.find(({ kind }: { kind: string }) => kind === 'discussion')

  /** Does a long step while somebody else reads a short page again and again; tells both. */
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    let isDone = false
    let longest = 0
    const reading = (async () => {
      while (!isDone) {
        const began = performance.now()
        await helen.fetch('/api/v1/me')
        longest = Math.max(longest, performance.now() - began)
      }
    })()
    const began = performance.now()
    const result = await work()
    const time = performance.now() - began
    isDone = true
    await reading
    console.log(`${name.padEnd(52)}${ms(time)}   others waited ${ms(longest)}`)
    return result
  }
  const send = (address: string, text: string) => {
    const form = new FormData()
    form.set('file', new Blob([text], { type: 'text/markdown' }), 'text.md')
    if (address === '/documents') form.set('groups', layer.groups[0])
    return helen.fetch(`/api/v1${address}`, { method: 'POST', body: form }).then((answer) => answer.json())
  }

  const documents = []
  for (const size of SIZES) {
    const text = writeText(size)
    const made = await step(`bring in ${size / 1000} kB`, () => send('/documents', text))
    const words = text.slice(text.indexOf('. ', size / 2) + 2).slice(0, 40)
    const { finds } = await helen.ask('GET', `/documents/${made.id}/find?q=${encodeURIComponent(words)}`)
    const middle = finds[0]?.section ?? 1
    documents.push({ size, text, id: made.id, address: `/read/${made.slug}/${middle}` })
  }

  const times = new Map(documents.map(({ size }) => [size, { times: [] as number[], bytes: 0 }]))
  for (let round = 0; round < ROUNDS; round++)
    for (const { size, address } of documents) {
      const began = performance.now()
      const page = await (await helen.fetch(address)).text()
      const row = times.get(size)
      if (row && round > 0) row.times.push(performance.now() - began)
      if (row) row.bytes = page.length
    }
  for (const [size, row] of times)
    console.log(
      `open a section of ${size / 1000} kB`.padEnd(52) +
        ms(median(row.times)) +
        `   ${ms(Math.min(...row.times))} to${ms(Math.max(...row.times))}   ${Math.round(row.bytes / 1000)} kB`,
    )

  const longest = documents.at(-1)
  if (!longest) throw new Error('nothing to measure')
  const { length } = await (await helen.fetch(`/api/v1/documents/${longest.id}/text`)).text()
  await step(`write ${NOTES} notes in it`, async () => {
    for (let at = 0; at < NOTES; at++) {
      const start = Math.floor((at * (length - 200)) / NOTES)
      await helen.ask('POST', '/threads', {
        documentId: longest.id,
        layerId: layer.id,
        kind: 'note',
        passages: [{ start, end: start + 60 + (at % 90) }],
        note: `Note ${at}.`,
      })
    }
  })
  const edition = `/documents/${longest.id}/editions`
  await step('preview an edition of it', () => send(edition, editText(longest.text)))
  await step('look at its report', () => helen.ask('GET', `${edition}/2`))
  await step('a page of 50 of its changed passages', () =>
    helen.ask('GET', `${edition}/2/anchors?state=changed`),
  )
  await step('publish it', () => helen.ask('POST', `${edition}/2/publish`))
} finally {
  await demo.stop('SIGTERM')
  await rm(dataDir, { recursive: true, force: true })
}
