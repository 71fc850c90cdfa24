import { beforeAll, describe, expect, test } from 'vitest'
import { renderBlocks } from '#domain/text/render-blocks.ts'
import { layerOf } from '#tests/factories/group.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { findElements, parseHtml } from '#tests/unit/text/rendered-text.ts'

/** What somebody might write who wants it to run in another's browser, or to break another's page. */
const hostileWords = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  "';alert(1)//",
  '</title><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '\u202Eevil\u202C \u2066x\u2069',
  'Z\u0351\u036B\u0343a\u0353\u0332l\u0348\u034Dg\u034Do',
  `=HYPERLINK("https://evil.example","x")`,
  '__proto__',
  '../../../../etc/passwd',
  '%00%0d%0aSet-Cookie:%20a=b',
  '\r\nX-Injected: yes',
]

const hostileAddresses = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'vbscript:msgbox(1)',
  'blob:https://evil.example/x',
  'file:///etc/passwd',
]

let api: TestApi
let room: ReadingRoom
let where: { readonly documentId: string; readonly layerId: string }
beforeAll(async () => {
  api = await startTestApi()
  room = await aReadingRoom(api.services)
  const made = await api.ask('/documents', {
    method: 'POST',
    as: room.owner,
    json: {
      title: 'A text',
      format: 'txt',
      content: 'Some words.',
      groups: [room.group.id],
      visibility: 'group',
    },
  })
  expect(made.status).toBe(201)
  where = { documentId: made.json.id, layerId: layerOf(room.group, 'discussion').id }
})

const post = (path: string, json: unknown) => api.ask(path, { method: 'POST', as: room.owner, json })
const paragraph = (content: unknown[]) => ({ type: 'doc', content: [{ type: 'paragraph', content }] })

describe('hostile words', () => {
  test('are kept as they are, as words, in names, titles, tags, notes and replies, and sent as JSON alone', async () => {
    for (const words of hostileWords) {
      const name = words.trim().replace(/\s+/g, ' ')
      const answers = [
        await post('/groups', { name }),
        await post('/threads', { ...where, kind: 'note', note: words, tags: [name.slice(0, 40)] }),
        await api.ask('/me', { method: 'PATCH', as: room.reader, json: { name } }),
      ]
      for (const { status, headers } of answers) {
        expect([words, status < 300]).toEqual([words, true])
        expect(headers.get('content-type')).toMatch(/^application\/json/)
        expect(headers.get('x-content-type-options')).toBe('nosniff')
        expect(headers.get('x-injected')).toBeNull()
      }
      expect([answers[0]?.json.name, answers[2]?.json.name]).toEqual([name, name])
      const reply = await post(`/threads/${answers[1]?.json.id}/replies`, { body: words })
      expect([words, reply.status]).toEqual([words, 201])
      const plain = ['doc', 'paragraph', 'text', 'hardBreak']
      expect([...types(reply.json.body)].filter((type) => !plain.includes(type))).toEqual([])
    }
  })

  test('in a problem document are words as well', async () => {
    const { text, headers } = await post('/groups', { '<script>alert(1)</script>': 1, name: 'x' })
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(JSON.parse(text).errors).toEqual([expect.objectContaining({ path: '<script>alert(1)</script>' })])
  })
})

describe('a note in JSON', () => {
  test.each(hostileAddresses)('may not link to %j', async (href) => {
    const link = { type: 'text', text: 'click', marks: [{ type: 'link', attrs: { href } }] }
    expect((await post('/threads', { ...where, kind: 'note', note: paragraph([link]) })).status).toBe(422)
    const thread = await post('/threads', { ...where, kind: 'note', note: 'A note.' })
    const path = `/threads/${thread.json.id}/replies`
    expect((await post(path, { body: paragraph([link]) })).status).toBe(422)
  })

  test('may hold nothing that the note schema has no name for, nor be nested without end', async () => {
    let deep: object = { type: 'paragraph' }
    for (let depth = 0; depth < 1_000; depth++) deep = { type: 'blockquote', content: [deep] }
    const notes = [
      { type: 'doc', content: [{ type: 'script', content: [{ type: 'text', text: 'alert(1)' }] }] },
      { type: 'doc', content: [{ type: 'image', attrs: { src: 'x', onerror: 'alert(1)' } }] },
      paragraph([{ type: 'text', text: 'x', marks: [{ type: 'style', attrs: { css: 'x' } }] }]),
      { type: 'doc', content: [deep] },
      { type: 'doc', content: [{ type: 'paragraph', attrs: { onclick: 'alert(1)' } }] },
      JSON.parse('{"type":"doc","content":[{"type":"paragraph"}],"__proto__":{"polluted":true}}'),
    ]
    for (const note of notes) {
      const { status, json } = await post('/threads', { ...where, kind: 'note', note })
      if (status === 201) expect(JSON.stringify(json.note.json)).not.toMatch(/onclick|polluted|alert/)
      else expect(status).toBe(422)
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

describe('a source that is brought in', () => {
  const attacks = `<h1 onclick="alert(1)">T</h1><p style="x:expression(alert(1))" onmouseover=alert(1)>Words <a href="java&#10;script:alert(1)">a</a>
    <a href="data:text/html,x">b</a> <img src=x onerror=alert(1) alt="c"><svg><script>alert(1)</script><a xlink:href="javascript:alert(1)"><text>d</text></a></svg>
    <math><mtext><style><img src=x onerror=alert(1)></style></mtext></math><iframe srcdoc="<script>alert(1)</script>"></iframe>
    <noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript><base href="https://evil.example/"><meta http-equiv=refresh content="0;url=javascript:alert(1)"></p>`
  const sources = [
    ['html', `<!doctype html><title><script>alert(1)</script></title><body>${attacks}`],
    [
      'md',
      `# T\n\n${attacks}\n\n[a](javascript:alert(1)) ![c](data:image/svg+xml,<svg/onload=alert(1)>) <javascript:alert(1)>\n\n[x]: javascript:alert(1)\n\n[x]`,
    ],
    ['txt', attacks],
    [
      'tei',
      `<TEI><teiHeader><fileDesc><titleStmt><title>&lt;script&gt;</title></titleStmt></fileDesc></teiHeader><text><body><p><ref target="javascript:alert(1)">a</ref> &lt;img src=x onerror=alert(1)&gt;</p></body></text></TEI>`,
    ],
  ] as const

  test.each(sources)('as %s is set without anything that runs', async (format, content) => {
    const made = await post('/documents', {
      title: hostileWords[0],
      format,
      content,
      groups: [room.group.id],
      visibility: 'group',
    })
    expect(made.status).toBe(201)
    const view = await api.services.documents.readSection(room.owner, made.json.id, { section: 1 })
    const tree = parseHtml(renderBlocks(view.blocks))
    const running = findElements(
      tree,
      ({ tagName, properties }) =>
        ['script', 'iframe', 'svg', 'math', 'img', 'base', 'meta', 'object', 'style', 'form'].includes(
          tagName,
        ) ||
        Object.keys(properties).some((name) => /^on|^style$|^srcdoc$/i.test(name)) ||
        /^(?!https?:|mailto:|\/read\/|#)/i.test(String(properties.href ?? '#')),
    )
    expect(running).toEqual([])
    const original = await api.ask(`/documents/${made.json.id}/editions/1/original`, { as: room.owner })
    expect(original.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(original.headers.get('content-security-policy')).toContain('sandbox')
  })
})

/** Every kind of node in a note. */
function types(node: { type: string; content?: { type: string }[] }): Set<string> {
  return new Set([node.type, ...(node.content ?? []).flatMap((child) => [...types(child)])])
}
