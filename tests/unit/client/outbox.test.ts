import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { openOutbox } from '#components/client/offline/outbox.ts'
import type { UnsentEntry } from '#components/client/offline/unsent-entry.ts'
import { unsentStore } from '#components/client/offline/unsent-store.ts'

const where = { documentId: 'd', slug: 'a-text', title: 'A text' }
const passage = { editionId: 'e', start: 0, end: 5, exact: 'words' }
const newThread = {
  documentId: 'd',
  layerId: 'l',
  kind: 'note',
  passages: [passage],
  tags: [],
  draft: true,
} as const
const aThread = (id: string): UnsentEntry => ({
  kind: 'thread',
  id,
  writtenAt: 1,
  where,
  thread: { ...newThread, passages: [passage], tags: [], id },
})
const aPost = (threadId: string): UnsentEntry => ({
  kind: 'post',
  id: `post-${threadId}`,
  writtenAt: 2,
  where,
  threadId,
  text: 'words',
})

test('a thread that is withdrawn is not posted either; others are', async () => {
  const outbox = await openOutbox('cleo')
  for (const id of ['one', 'other']) {
    await outbox.keep(aThread(id))
    await outbox.keep(aPost(id))
  }
  await outbox.withdraw('one')
  expect(unsentStore.get().entries.map(({ id }) => id)).toEqual(['other', 'post-other'])
  await outbox.discard('other')
  expect(unsentStore.get().entries).toEqual([])
})

test('a thread whose words are given back is not posted either', async () => {
  const outbox = await openOutbox('cleo')
  await outbox.keep(aThread('one'))
  await outbox.keep(aPost('one'))
  const words = { id: 'n', returnedAt: 3, where, reason: 'The text is withdrawn.', text: 'words' }
  await outbox.giveBack([words], { notes: [], entryIds: ['one'] })
  expect(unsentStore.get().entries).toEqual([])
  expect(unsentStore.get().returned).toEqual([words])
})
