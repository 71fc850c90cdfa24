import { afterEach, describe, expect, it, vi } from 'vitest'
import { downloadFile } from '#components/client/download-file.ts'

afterEach(() => vi.unstubAllGlobals())

const answerWith = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', answer)
const call = (onReceived: (share: number) => void = () => {}, signal = new AbortController().signal) =>
  downloadFile({ path: '/backup', onReceived, signal })

const pieces = (...sizes: number[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const size of sizes) controller.enqueue(new Uint8Array(size))
      controller.close()
    },
  })

describe('a file that is downloaded', () => {
  it('has the name the server gave it, and tells how much of it has come', async () => {
    answerWith(async () => {
      const headers = {
        'content-length': '40',
        'content-disposition': `attachment; filename="a.backup"; filename*=UTF-8''a.backup`,
      }
      return new Response(pieces(10, 30), { headers })
    })
    const shares: number[] = []
    const { name, content } = await call((share) => shares.push(share))
    expect([name, content.size, shares]).toEqual(['a.backup', 40, [0.25, 1]])
  })

  it('is a refusal in the words of the server', async () => {
    answerWith(async () =>
      Response.json({ code: 'too-many-requests', detail: 'Wait until it is done.' }, { status: 429 }),
    )
    await expect(call()).rejects.toMatchObject({
      code: 'too-many-requests',
      message: 'Wait until it is done.',
    })
  })

  it('is none when the connection breaks before its end, or it was stopped', async () => {
    const broken = () =>
      new Response(
        new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) }),
      )
    answerWith(async () => broken())
    await expect(call()).rejects.toMatchObject({ code: 'offline' })
    await expect(call(undefined, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' })
  })
})
