/**
 * The table of rights, walked through the REST API: role × action × layer kind, by the same hand-written table that the
 * policy is held against. Layers are walked side by side, and everybody asks one question at a time together.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { aDocument } from '#tests/factories/document.ts'
import { aGround, type Ground, layersOfEveryKind } from '#tests/factories/layers-of-every-kind.ts'
import { privateLayerOf } from '#tests/factories/person.ts'
import { aReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { columns, layerTables, readTable } from '#tests/unit/policy/who-may-do-what.ts'
import { type Asker, layerQuestions } from './layer-questions.ts'

/** Who comes over the network: the operator does not. */
const roles = columns.filter((column) => column !== 'operator')
type Role = (typeof roles)[number]

let api: TestApi
const grounds = new Map<string, Ground>()
const askers = new Map<Role, Asker>()

beforeAll(async () => {
  api = await startTestApi({ POSTIL_MAX_REQUESTS_PER_MINUTE: '0' })
  const room = await aReadingRoom(api.services)
  const { kinds, author } = await layersOfEveryKind(api.services, room)
  const { id: documentId } = await aDocument(api.services, room.admin)
  await Promise.all([
    ...roles.map(async (role) => {
      const person = role === 'anyone' ? null : role === 'other' ? room.stranger : room[role]
      const asker = person && { person, privateLayerId: await privateLayerOf(api.services, person) }
      askers.set(role, asker)
    }),
    ...kinds.map(async (kind) => {
      grounds.set(kind.title, await aGround(api.services, author, documentId, kind))
    }),
  ])
})

describe('through REST, as the table says', () => {
  test.concurrent.each(Object.keys(layerTables))('%s', async (title) => {
    const ground = grounds.get(title)
    if (!ground) throw new Error(`there is no ${title}`)
    const table = readTable(layerTables[title] ?? '')
    const says = (question: string, role: Role) => table.get(question)?.[columns.indexOf(role)] === 'y'
    const answers: string[] = []
    for (const [question, { reads, granted = 200, ask }] of Object.entries(layerQuestions)) {
      const expectedOf = (role: Role, isWrite: boolean) => {
        if (says(question, role)) return granted
        if (role === 'anyone' && (isWrite || !says(reads, role))) return 401
        return says(reads, role) ? 403 : 404
      }
      const asked = await Promise.all(
        roles.map(async (role) => {
          const asker = askers.get(role) ?? null
          const { path, ...request } = ask(ground, asker)
          const { status } = await api.ask(path, { ...request, as: asker?.person })
          return [status < 300 ? 200 : status, expectedOf(role, request.method !== undefined)] as const
        }),
      )
      answers.push(question.padEnd(40) + asked.map(([found]) => found).join('  '))
      expect(
        asked.map(([found]) => found),
        question,
      ).toEqual(asked.map(([, expected]) => expected))
    }
    console.log(`${title.padEnd(40)}${roles.join(' ')}\n${answers.join('\n')}\n`)
  })
})
