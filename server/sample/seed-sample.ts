/**
 * The sample people, group, texts and first notes of the demo. Every step has an id or a name of its own and is
 * skipped when it was done before, so that a start that was cut short is completed by the next one, and what people
 * changed since stays as they left it.
 */
import { AppError } from '#domain/app-error.ts'
import type { Person } from '#domain/policy/actor.ts'
import type { NewThread } from '#domain/wire/thread.ts'
import type { Services } from '../services/services.ts'
import { seedDispute } from './seed-dispute.ts'

/** What the demo begins with. The first person owns the group and runs the server. */
export interface Sample {
  readonly people: readonly SamplePerson[]
  readonly password: string
  readonly files: readonly { readonly fileName: string; readonly bytes: Uint8Array }[]
}

export interface SamplePerson {
  readonly email: string
  readonly name: string
  readonly role: 'owner' | 'instructor' | 'reader'
}

const groupId = '5e1d0a52-0000-4000-8000-000000000001'
const documentIds = [
  '5e1d0a52-0000-4000-8000-000000000011',
  '5e1d0a52-0000-4000-8000-000000000012',
  '5e1d0a52-0000-4000-8000-000000000013',
]

/** Brings in whatever of the sample is not there yet. */
export async function seedSample(services: Services, sample: Sample): Promise<void> {
  for (const [index, { email, name }] of sample.people.entries()) {
    if (await services.accounts.findByEmail(email)) continue
    await services.accounts.create('server', { email, name, password: sample.password, admin: index === 0 })
  }
  const [owner] = sample.people
  if (!owner) return
  const helen = await actorOf(services, owner.email)
  if (helen.memberships[groupId] === undefined) {
    await services.groups.create(helen, { id: groupId, name: 'The Ashmere reading group' })
    for (const { email, role } of sample.people.slice(1)) {
      await services.groups.addMember(await actorOf(services, owner.email), groupId, { email, role })
    }
  }
  await importTexts(services, await actorOf(services, owner.email), sample)
  await writeFirstNotes(services, sample)
}

async function importTexts(services: Services, helen: Person, { files }: Sample): Promise<void> {
  for (const [index, file] of files.entries()) {
    const id = documentIds[index]
    if (!id || (await exists(services.documents.get(helen, id)))) continue
    await services.documents.importDocument(helen, {
      ...file,
      properties: { id, visibility: 'group', groups: [groupId] },
    })
  }
}

async function writeFirstNotes(services: Services, sample: Sample): Promise<void> {
  const [helen, anna, bo] = await Promise.all(sample.people.map(({ email }) => actorOf(services, email)))
  const [report, pamphlet, answer] = documentIds
  if (!helen || !anna || !bo || !report || !pamphlet || !answer) return
  const { layers } = await services.groups.get(helen, groupId)
  const layerId = layers.find((layer) => layer.kind === 'discussion')?.id
  if (!layerId) return
  const threads: readonly SampleThread[] = [
    {
      by: anna,
      thread: {
        ...note(report, layerId, '5e1d0a52-0000-4000-8000-000000000021', 'question'),
        passages: [{ exact: 'I have seen them since, and I let it stand.' }],
        note: 'She wrote the sentence before she had seen the evidence, and says so. Does that make it weaker, or more honest?',
      },
      replies: [
        {
          id: '5e1d0a52-0000-4000-8000-000000000031',
          by: bo,
          body: 'More honest, I think: she could have struck the first half of this paragraph and nobody would have known.',
        },
      ],
    },
    {
      by: helen,
      thread: {
        ...note(report, layerId, '5e1d0a52-0000-4000-8000-000000000022', 'note'),
        passages: [{ exact: 'It is the only\none of the four that would have saved the weir.' }],
        note: 'Read this again after the pamphlet. Who in the town would have wanted it printed, and who would not?',
        coWritten: true,
      },
      replies: [],
    },
    {
      by: bo,
      thread: {
        ...note(pamphlet, layerId, '5e1d0a52-0000-4000-8000-000000000023', 'note'),
        passages: [{ exact: 'The weir was not neglected by those who kept it,' }],
        note: 'Compare the report, section 2. The sentence goes on there.',
      },
      replies: [],
    },
  ]
  for (const { by, thread, replies } of threads) {
    if (await exists(services.threads.get(by, thread.id))) continue
    await services.threads.create(by, thread)
    for (const reply of replies)
      await services.replies.create(reply.by, thread.id, { id: reply.id, body: reply.body })
  }
  await seedDispute(services, { helen, anna, bo, report, pamphlet, answer, layerId })
}

interface SampleThread {
  readonly by: Person
  readonly thread: NewThread & { readonly id: string }
  readonly replies: readonly { readonly id: string; readonly by: Person; readonly body: string }[]
}

const note = (documentId: string, layerId: string, id: string, kind: 'note' | 'question') =>
  ({ id, documentId, layerId, kind, passages: [], tags: [], draft: false }) satisfies NewThread

async function actorOf(services: Services, email: string): Promise<Person> {
  const found = await services.accounts.findByEmail(email)
  const actor = found && (await services.access.actorOf(found.id))
  if (actor?.kind !== 'person') throw new Error(`the sample person ${email} is not there`)
  return actor
}

/** Whether what is asked for is there; what failed for another reason than its absence fails here as well. */
async function exists(found: Promise<unknown>): Promise<boolean> {
  try {
    await found
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return false
    throw error
  }
}
