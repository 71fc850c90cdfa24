/** Everything the server knows of a person as one JSON text, made piece by piece. */
import type { Person } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import {
  listOwnDisputes,
  listOwnEvents,
  listOwnReplies,
  listOwnThreads,
  type OwnThread,
  readOwnRecords,
} from '../db/personal-data.ts'
import type { ServiceContext } from './context.ts'

/**
 * The pieces of the text. Quotations from documents that the person may not read any more are left out: those words
 * are the document's.
 */
export async function* exportAccount(
  { database: { db }, now }: ServiceContext,
  person: Person,
): AsyncGenerator<string> {
  const show = ({ record, passages }: OwnThread) => ({
    ...record,
    passages: passages.map(({ documentId, facts, words }) => ({
      documentId,
      ...(facts && can(person, 'document.read', facts, now()) && words),
    })),
  })
  const { userId } = person
  yield `{"madeAt":${JSON.stringify(new Date(now()))},"account":${JSON.stringify(await readOwnRecords(db, userId))}`
  yield* list('threads', (after) => listOwnThreads(db, userId, after), show)
  yield* list(
    'replies',
    (after) => listOwnReplies(db, userId, after),
    (reply) => reply,
  )
  yield* list(
    'disputes',
    (after) => listOwnDisputes(db, userId, after),
    (dispute) => dispute,
  )
  yield* list(
    'events',
    (after) => listOwnEvents(db, userId, after),
    (event) => event,
  )
  yield '}\n'
}

/** One member of the whole, `"name": […]`, read a page at a time. */
async function* list<Row extends { readonly id: string }>(
  name: string,
  read: (after: string) => Promise<readonly Row[]>,
  show: (row: Row) => unknown,
): AsyncGenerator<string> {
  yield `,\n"${name}":[`
  let after = ''
  for (let page = await read(after); page.length > 0; page = await read(after)) {
    const rows = page.map((row) => JSON.stringify(show(row))).join(',\n')
    yield after === '' ? rows : `,\n${rows}`
    after = page.at(-1)?.id ?? after
  }
  yield ']'
}
