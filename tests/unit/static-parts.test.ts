import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressParts, createServePart, partsPath } from '#server/static-parts.ts'

const script = `console.log(${JSON.stringify('a margin and a margin '.repeat(200))})`
let folder: string
let server: Server
let url: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'postil-parts-'))
  await writeFile(path.join(folder, 'part.js'), script)
  compressParts(folder)
  const servePart = createServePart(folder)
  server = createServer((request, response) =>
    servePart(request, response, () => response.writeHead(404).end(request.url)),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server listens nowhere')
  url = `http://127.0.0.1:${address.port}`
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

test.each(['br', 'gzip'])(
  'a part goes out in %s as the build compressed it, to be kept for good',
  async (encoding) => {
    const answer = await fetch(`${url}${partsPath}/part.js`, { headers: { 'Accept-Encoding': encoding } })
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(script.length / 10)
    expect(answer.headers.get('cache-control')).toBe('public,max-age=31536000,immutable')
    expect(await answer.text()).toBe(script)
  },
)

test('what takes no compression gets the part as it is', async () => {
  const answer = await fetch(`${url}${partsPath}/part.js`, { headers: { 'Accept-Encoding': 'identity' } })
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect(await answer.text()).toBe(script)
})

test.each(['/part.js', `${partsPath}/no-part.js`, `${partsPath}/../secret`])(
  '%s is left to others, as it was asked for',
  async (asked) => {
    const answer = await fetch(url + asked)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe(new URL(url + asked).pathname)
  },
)
