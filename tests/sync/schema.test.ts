import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { paragraphOf, type SyncClient, until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor } = world.people

const violations: Record<string, (client: SyncClient) => void> = {
  'a node that notes do not have': ({ doc }) =>
    doc.getXmlFragment('note').push([new Y.XmlElement('codeBlock')]),
  'an attribute that paragraphs do not have': ({ doc }) => {
    const first = doc.getXmlFragment('note').get(0)
    if (first instanceof Y.XmlElement) first.setAttribute('style', 'color: red')
  },
  'a link to a script': ({ doc }) => {
    const paragraph = paragraphOf('')
    const text = new Y.XmlText()
    text.insert(0, 'click', { link: { href: 'javascript:alert(1)' } })
    paragraph.insert(0, [text])
    doc.getXmlFragment('note').push([paragraph])
  },
  'quotations a thousand deep': ({ doc }) =>
    doc.transact(() => {
      let innermost = new Y.XmlElement('blockquote')
      doc.getXmlFragment('note').push([innermost])
      // From the outside inwards: the other way round it is too deep for Yjs itself.
      for (let depth = 1; depth < 1_000; depth++) {
        const next = new Y.XmlElement('blockquote')
        innermost.insert(0, [next])
        innermost = next
      }
      innermost.insert(0, [paragraphOf('deep')])
    }),
  'a note of another editor': ({ doc }) => {
    const heading = new Y.XmlElement('heading')
    heading.setAttribute('level', '1')
    doc.getXmlFragment('note').insert(0, [heading, new Y.XmlElement('iframe')])
  },
  'something beside the note': ({ doc }) => doc.getMap('hidden').set('a', 'b'),
  'text outside of any block': ({ doc }) => doc.getXmlFragment('note').push([new Y.XmlText('loose')]),
  'an attribute of the note itself': ({ doc }) => {
    const map: unknown = doc.getXmlFragment('note')
    Reflect.apply(Y.XmlElement.prototype.setAttribute, map, ['a', 'b'])
  },
}

for (const [name, violate] of Object.entries(violations)) {
  test(`${name} is refused before it reaches anyone, with the code to discard one's copy`, async () => {
    const { id } = await world.thread()
    const anna = await world.client(reader, `note/${id}`)
    const ben = await world.client(instructor, `note/${id}`)
    await Promise.all([anna.synced(), ben.synced()])
    const received: Uint8Array[] = []
    ben.doc.on('update', (update: Uint8Array) => received.push(update))
    violate(anna)
    await until(() => anna.heard.closed.length > 0, 'the connection to be ended')
    expect(anna.heard.closed).toEqual([4422])
    expect(anna.provider.shouldConnect).toBe(false)

    const late = await world.client(instructor, `note/${id}`)
    await late.synced()
    late.write('goes on')
    await until(() => ben.text() === 'First words.\n\ngoes on', 'the others to go on')
    expect(late.text()).toBe('First words.\n\ngoes on')
    expect(received).toHaveLength(1)
  })
}

test('what was accepted and is not saved yet survives the refusal of what came after it', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  await world.sql('BEGIN')
  await world.sql('LOCK TABLE "NoteUpdate" IN SHARE MODE')
  ben.write('pending')
  anna.doc.getXmlFragment('note').push([new Y.XmlElement('codeBlock')])
  await until(() => anna.heard.closed.length > 0, 'the connection to be ended')
  await world.sql('COMMIT')
  await until(() => ben.heard.saved.at(-1) === ben.sent(), 'it to be saved')
  const late = await world.client(instructor, `note/${id}`)
  await late.synced()
  expect(late.text()).toBe('First words.\n\npending')
})
