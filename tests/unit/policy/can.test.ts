import { describe, expect, test } from 'vitest'
import { type Actor, anonymous, operator, type Person, type Role } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type {
  DisputeFacts,
  DocumentFacts,
  LayerFacts,
  ReplyFacts,
  ThreadFacts,
} from '#domain/policy/subjects.ts'
import { columns, generalTable, layerTables, readTable } from './who-may-do-what.ts'

const now = 1_000
const group = { id: 'group', archived: false }

const person = (userId: string, role?: Role): Person => ({
  kind: 'person',
  userId,
  name: userId,
  email: `${userId}@example.org`,
  admin: userId === 'admin',
  scope: 'admin',
  memberships: role ? { group: role } : {},
})

const actors: Readonly<Record<(typeof columns)[number], Actor>> = {
  admin: person('admin'),
  owner: person('owner', 'owner'),
  instructor: person('instructor', 'instructor'),
  reader: person('reader', 'reader'),
  observer: person('observer', 'observer'),
  other: { ...person('other'), memberships: { 'another group': 'reader' } },
  anyone: anonymous,
  operator,
}

const idOf = (actor: Actor) => (actor.kind === 'person' ? actor.userId : 'nobody')

const document: DocumentFacts = {
  visibility: 'group',
  stewardId: 'somebody else',
  groupIds: ['group'],
  withdrawn: false,
}

type Question = (actor: Actor) => boolean

const generalQuestions: Readonly<Record<string, Question>> = {
  ...Object.fromEntries(
    (
      ['server.administer', 'audit.read', 'document.import', 'document.make-public', 'group.create'] as const
    ).map((action) => [action, (actor: Actor) => can(actor, action, null, now)]),
  ),
  "account.change one's own": (actor) => can(actor, 'account.change', { userId: idOf(actor) }, now),
  "account.change another's": (actor) => can(actor, 'account.change', { userId: 'somebody else' }, now),
  'document.read public': (actor) => can(actor, 'document.read', { ...document, visibility: 'public' }, now),
  'document.read signed-in': (actor) =>
    can(actor, 'document.read', { ...document, visibility: 'signed-in' }, now),
  'document.read group': (actor) => can(actor, 'document.read', document, now),
  'document.read of another group': (actor) =>
    can(actor, 'document.read', { ...document, groupIds: ['a third group'] }, now),
  'document.read as steward': (actor) =>
    can(actor, 'document.read', { ...document, groupIds: [], stewardId: idOf(actor) }, now),
  'document.read withdrawn': (actor) =>
    can(actor, 'document.read', { ...document, visibility: 'public', withdrawn: true }, now),
  "document.change another's": (actor) => can(actor, 'document.change', document, now),
  'document.change as steward': (actor) =>
    can(actor, 'document.change', { ...document, stewardId: idOf(actor) }, now),
  'parallel.read of two groups': (actor) =>
    can(actor, 'parallel.read', { here: document, there: { ...document, groupIds: ['a third group'] } }, now),
  "parallel.dismiss in one's group": (actor) =>
    can(actor, 'parallel.dismiss', { here: document, there: { ...document, visibility: 'public' } }, now),
  'parallel.dismiss public': (actor) => {
    const open: DocumentFacts = { ...document, visibility: 'public', groupIds: [] }
    return can(actor, 'parallel.dismiss', { here: open, there: open }, now)
  },
  'group.read': (actor) => can(actor, 'group.read', group, now),
  'group.change': (actor) => can(actor, 'group.change', group, now),
  'group.change-readings': (actor) => can(actor, 'group.change-readings', group, now),
  'group.read-audit': (actor) => can(actor, 'group.read-audit', group, now),
  'group.invite an observer': (actor) => can(actor, 'group.invite', { ...group, role: 'observer' }, now),
  'group.invite a reader': (actor) => can(actor, 'group.invite', { ...group, role: 'reader' }, now),
  'group.invite an instructor': (actor) => can(actor, 'group.invite', { ...group, role: 'instructor' }, now),
  'group.invite an owner': (actor) => can(actor, 'group.invite', { ...group, role: 'owner' }, now),
  'group.set-role': (actor) =>
    can(actor, 'group.set-role', { ...group, from: 'reader', to: 'instructor' }, now),
  'group.archive': (actor) => can(actor, 'group.archive', group, now),
  'group.moderate': (actor) => can(actor, 'group.moderate', group, now),
  'layer.add': (actor) => can(actor, 'layer.add', group, now),
  'group.mute-member a reader': (actor) =>
    can(actor, 'group.mute-member', { ...group, role: 'reader', userId: 'somebody else' }, now),
  'group.mute-member an instructor': (actor) =>
    can(actor, 'group.mute-member', { ...group, role: 'instructor', userId: 'somebody else' }, now),
  'group.mute-member an owner': (actor) =>
    can(actor, 'group.mute-member', { ...group, role: 'owner', userId: 'somebody else' }, now),
  'group.mute-member oneself': (actor) =>
    can(actor, 'group.mute-member', { ...group, role: 'reader', userId: idOf(actor) }, now),
  'group.remove-member a reader': (actor) =>
    can(actor, 'group.remove-member', { ...group, role: 'reader', userId: 'somebody else' }, now),
  'group.remove-member an instructor': (actor) =>
    can(actor, 'group.remove-member', { ...group, role: 'instructor', userId: 'somebody else' }, now),
  'group.remove-member oneself': (actor) =>
    can(actor, 'group.remove-member', { ...group, role: 'reader', userId: idOf(actor) }, now),
}

const inGroup: LayerFacts = {
  kind: 'discussion',
  ownerId: null,
  groupIds: ['group'],
  read: 'members',
  write: 'members',
  opensAt: null,
  closesAt: null,
  archivedGroupIds: [],
  blind: null,
}

const layers: Readonly<Record<string, LayerFacts>> = {
  "another's private layer": { ...inGroup, kind: 'private', ownerId: 'somebody else', groupIds: [] },
  'discussion layer': inGroup,
  'commentary layer': { ...inGroup, kind: 'commentary', write: 'instructors' },
  'published commentary layer': { ...inGroup, kind: 'commentary', read: 'public', write: 'instructors' },
  'custom layer, read by instructors, written by members': {
    ...inGroup,
    kind: 'custom',
    read: 'instructors',
  },
  'custom layer, read by members, written by instructors': {
    ...inGroup,
    kind: 'custom',
    write: 'instructors',
  },
  'custom layer, read by the public, written by members': { ...inGroup, kind: 'custom', read: 'public' },
}

function layerQuestions(layer: LayerFacts): Readonly<Record<string, Question>> {
  const groupId = layer.kind === 'private' ? null : 'group'
  const theirs: ThreadFacts = {
    authorId: 'somebody else',
    state: 'posted',
    hidden: false,
    locked: false,
    coWritten: false,
    byInstructor: false,
    seenBy: [],
    layer,
  }
  const own = (actor: Actor): ThreadFacts => ({ ...theirs, authorId: idOf(actor) })
  const locked: ThreadFacts = { ...theirs, locked: true }
  const tombstone: ThreadFacts = { ...theirs, state: 'deleted' }
  const reply: ReplyFacts = {
    authorId: 'somebody else',
    byInstructor: false,
    hidden: false,
    groupId,
    thread: theirs,
  }
  const dispute: DisputeFacts = { thread: theirs, raisedById: 'somebody else' }
  const ownReply = (actor: Actor): ReplyFacts => ({ ...reply, authorId: idOf(actor) })
  const ownLayer = (actor: Actor): LayerFacts => ({
    ...inGroup,
    kind: 'private',
    ownerId: idOf(actor),
    groupIds: [],
  })
  return {
    'layer.read': (actor) => can(actor, 'layer.read', layer, now),
    'layer.write': (actor) => can(actor, 'layer.write', layer, now),
    'layer.change': (actor) => can(actor, 'layer.change', layer, now),
    'layer.reveal': (actor) => can(actor, 'layer.reveal', layer, now),
    'thread.read': (actor) => can(actor, 'thread.read', theirs, now),
    'thread.read draft': (actor) => can(actor, 'thread.read', { ...theirs, state: 'draft' }, now),
    'thread.read hidden': (actor) => can(actor, 'thread.read', { ...theirs, hidden: true }, now),
    'thread.change own': (actor) => can(actor, 'thread.change', own(actor), now),
    "thread.change another's": (actor) => can(actor, 'thread.change', theirs, now),
    'thread.organize own': (actor) => can(actor, 'thread.organize', own(actor), now),
    "thread.organize another's": (actor) => can(actor, 'thread.organize', theirs, now),
    'thread.moderate': (actor) => can(actor, 'thread.moderate', theirs, now),
    'thread.moderate draft': (actor) => can(actor, 'thread.moderate', { ...theirs, state: 'draft' }, now),
    'passage.place own': (actor) => can(actor, 'passage.place', own(actor), now),
    "passage.place another's": (actor) => can(actor, 'passage.place', theirs, now),
    'passage.place tombstone': (actor) => can(actor, 'passage.place', tombstone, now),
    'thread.reply': (actor) => can(actor, 'thread.reply', { ...theirs, groupId }, now),
    'thread.reply locked': (actor) => can(actor, 'thread.reply', { ...theirs, locked: true, groupId }, now),
    'note.write co-written': (actor) => can(actor, 'note.write', { ...theirs, coWritten: true }, now),
    'note.write not co-written': (actor) => can(actor, 'note.write', theirs, now),
    'note.write own': (actor) => can(actor, 'note.write', own(actor), now),
    'thread.take own': (actor) => can(actor, 'thread.take', own(actor), now),
    'thread.take own, locked': (actor) => can(actor, 'thread.take', { ...own(actor), locked: true }, now),
    "thread.take another's": (actor) => can(actor, 'thread.take', theirs, now),
    'thread.move own here': (actor) => can(actor, 'thread.move', { ...own(actor), to: layer }, now),
    "thread.move another's to one's own": (actor) =>
      can(actor, 'thread.move', { ...theirs, to: ownLayer(actor) }, now),
    "thread.copy to one's own": (actor) => can(actor, 'thread.copy', { ...theirs, to: ownLayer(actor) }, now),
    'thread.flag': (actor) => can(actor, 'thread.flag', theirs, now),
    'reply.read': (actor) => can(actor, 'reply.read', reply, now),
    'reply.read hidden': (actor) => can(actor, 'reply.read', { ...reply, hidden: true }, now),
    'reply.moderate': (actor) => can(actor, 'reply.moderate', reply, now),
    'reply.change own': (actor) => can(actor, 'reply.change', ownReply(actor), now),
    'reply.change own, hidden': (actor) =>
      can(actor, 'reply.change', { ...ownReply(actor), hidden: true }, now),
    "reply.change another's": (actor) => can(actor, 'reply.change', reply, now),
    'reply.change own, locked': (actor) =>
      can(actor, 'reply.change', { ...ownReply(actor), thread: locked }, now),
    'reply.delete own': (actor) => can(actor, 'reply.delete', ownReply(actor), now),
    'reply.delete own, locked': (actor) =>
      can(actor, 'reply.delete', { ...ownReply(actor), thread: locked }, now),
    'reply.delete own, tombstone': (actor) =>
      can(actor, 'reply.delete', { ...ownReply(actor), thread: tombstone }, now),
    "reply.delete another's": (actor) => can(actor, 'reply.delete', reply, now),
    "dispute.raise another's": (actor) => can(actor, 'dispute.raise', theirs, now),
    'dispute.take-part': (actor) => can(actor, 'dispute.take-part', theirs, now),
    'stance.take': (actor) => can(actor, 'stance.take', theirs, now),
    "dispute.arbitrate another's": (actor) => can(actor, 'dispute.arbitrate', dispute, now),
    'dispute.arbitrate own': (actor) =>
      can(actor, 'dispute.arbitrate', { ...dispute, raisedById: idOf(actor) }, now),
    'position.write held': (actor) => can(actor, 'position.write', { ...theirs, holds: true }, now),
    'position.write not held': (actor) => can(actor, 'position.write', { ...theirs, holds: false }, now),
    'position.change own': (actor) =>
      can(actor, 'position.change', { ...dispute, authorId: idOf(actor) }, now),
    "position.change another's": (actor) =>
      can(actor, 'position.change', { ...dispute, authorId: 'somebody else' }, now),
    'evidence.change own': (actor) =>
      can(actor, 'evidence.change', { ...dispute, authorId: idOf(actor) }, now),
    "evidence.change another's": (actor) =>
      can(actor, 'evidence.change', { ...dispute, authorId: 'somebody else' }, now),
    'stance.read': (actor) => can(actor, 'stance.read', { ...theirs, holderId: 'somebody else' }, now),
  }
}

const answers = (question: Question) => columns.map((column) => (question(actors[column]) ? 'y' : '-'))

function print(title: string, questions: Readonly<Record<string, Question>>): string {
  const widths = columns.map((column) => column.length)
  const row = (name: string, cells: readonly string[]) =>
    name.padEnd(40) + cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' ')
  const lines = Object.entries(questions).map(([name, question]) => row(name, answers(question)))
  return [row(title, columns), ...lines].join('\n')
}

const tables = [
  { title: 'server, documents, group', questions: generalQuestions, expected: readTable(generalTable) },
  ...Object.entries(layers).map(([title, layer]) => ({
    title,
    questions: layerQuestions(layer),
    expected: readTable(layerTables[title] ?? ''),
  })),
]

describe.each(tables)('$title', ({ title, questions, expected }) => {
  test('is asked about exactly as the table says', () => {
    console.log(`${print(title, questions)}\n`)
    expect([...expected.keys()].sort()).toEqual(Object.keys(questions).sort())
  })

  test.each(Object.entries(questions))('%s', (name, question) => {
    expect(answers(question)).toEqual(expected.get(name))
  })
})

describe('beyond the table', () => {
  const reader = actors.reader
  const thread: ThreadFacts = {
    authorId: 'reader',
    state: 'posted',
    hidden: false,
    locked: false,
    coWritten: true,
    byInstructor: false,
    seenBy: [],
    layer: inGroup,
  }
  const privateLayer: LayerFacts = { ...inGroup, kind: 'private', ownerId: 'reader', groupIds: [] }
  const inPrivate: ThreadFacts = { ...thread, layer: privateLayer }
  const ofThread = ['thread.read', 'thread.change', 'thread.organize', 'note.write'] as const

  test('in the own private layer a person may do everything but moderate', () => {
    expect(can(reader, 'layer.read', privateLayer, now)).toBe(true)
    expect(can(reader, 'layer.write', privateLayer, now)).toBe(true)
    for (const action of ofThread) {
      expect(can(reader, action, inPrivate, now), action).toBe(true)
    }
    expect(can(reader, 'thread.reply', { ...inPrivate, groupId: null }, now)).toBe(true)
    expect(can(reader, 'thread.moderate', inPrivate, now)).toBe(false)
  })

  test('a draft is read and written by its author alone, co-written or not', () => {
    const draft: ThreadFacts = { ...thread, state: 'draft' }
    for (const column of columns) {
      expect(can(actors[column], 'thread.read', draft, now), column).toBe(column === 'reader')
      expect(can(actors[column], 'note.write', draft, now), column).toBe(column === 'reader')
    }
  })

  test('a locked thread takes no change from its author and no reply from anyone', () => {
    const locked: ThreadFacts = { ...thread, locked: true }
    expect(can(reader, 'thread.change', locked, now)).toBe(false)
    expect(can(reader, 'note.write', locked, now)).toBe(false)
    expect(can(actors.owner, 'thread.reply', { ...locked, groupId: 'group' }, now)).toBe(false)
  })

  test('before a layer opens and once it has closed, members read it and write nothing', () => {
    for (const times of [{ opensAt: now + 1 }, { closesAt: now }]) {
      const shut: LayerFacts = { ...inGroup, ...times }
      expect(can(reader, 'layer.read', shut, now)).toBe(true)
      expect(can(reader, 'layer.write', shut, now)).toBe(false)
      expect(can(reader, 'thread.reply', { ...thread, layer: shut, groupId: 'group' }, now)).toBe(false)
    }
    expect(can(reader, 'layer.write', { ...inGroup, opensAt: now, closesAt: now + 1 }, now)).toBe(true)
  })

  test('a reply goes only to a group that the layer lies over and that one belongs to', () => {
    const shared: LayerFacts = { ...inGroup, groupIds: ['group', 'a third group'] }
    const reply = (groupId: string | null) =>
      can(reader, 'thread.reply', { ...thread, layer: shared, groupId }, now)
    expect([reply('group'), reply('a third group'), reply('another group'), reply(null)]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  test('a reply said in another group is read by its members alone, though the thread is shared', () => {
    const shared: ThreadFacts = { ...thread, layer: { ...inGroup, groupIds: ['group', 'a third group'] } }
    const reply = {
      authorId: 'x',
      byInstructor: false,
      hidden: false,
      groupId: 'a third group',
      thread: shared,
    }
    expect(can(reader, 'reply.read', reply, now)).toBe(false)
  })

  test('an archived group is read, and changed by nobody', () => {
    const archived = { id: 'group', archived: true }
    expect(can(actors.owner, 'group.read', archived, now)).toBe(true)
    expect(can(actors.owner, 'group.change', archived, now)).toBe(false)
    expect(can(actors.owner, 'group.invite', { ...archived, role: 'reader' }, now)).toBe(false)
    expect(can(actors.owner, 'group.change-readings', archived, now)).toBe(false)
  })

  test('in an archived group nobody writes, and everybody reads as before', () => {
    const archived: LayerFacts = { ...inGroup, archivedGroupIds: ['group'] }
    for (const actor of [actors.owner, actors.instructor, reader]) {
      expect(can(actor, 'layer.read', archived, now)).toBe(true)
      expect(can(actor, 'layer.write', archived, now)).toBe(false)
      expect(can(actor, 'thread.reply', { ...thread, layer: archived, groupId: 'group' }, now)).toBe(false)
    }
    expect(can(actors.owner, 'group.archive', { id: 'group', archived: true }, now)).toBe(true)
  })

  describe.each([{ untilOwnNotes: 2 }, { untilRevealed: true } as const])(
    'in a layer that is blind %o',
    (blind) => {
      const covered: LayerFacts = { ...inGroup, blind }
      const theirs: ThreadFacts = { ...thread, authorId: 'a fellow reader', layer: covered }
      const reads = (actor: Actor, facts: ThreadFacts) => can(actor, 'thread.read', facts, now)

      test('a reader sees their own threads and those of instructors, and no others', () => {
        expect(reads(reader, theirs)).toBe(false)
        expect(reads(actors.observer, theirs)).toBe(false)
        expect(reads(reader, { ...theirs, authorId: 'reader' })).toBe(true)
        expect(reads(reader, { ...theirs, byInstructor: true })).toBe(true)
      })

      test('those who moderate see everything, and so does who has posted enough', () => {
        expect(reads(actors.instructor, theirs)).toBe(true)
        expect(reads(actors.owner, theirs)).toBe(true)
        expect(reads(reader, { ...theirs, seenBy: ['reader'] })).toBe(true)
        expect(reads(actors.observer, { ...theirs, seenBy: ['reader'] })).toBe(false)
      })

      test('nothing is done to what is not seen: no reply, no flag, no copy, no writing in it', () => {
        const own: LayerFacts = { ...inGroup, kind: 'private', ownerId: 'reader', groupIds: [] }
        expect(can(reader, 'thread.reply', { ...theirs, groupId: 'group' }, now)).toBe(false)
        expect(can(reader, 'thread.flag', theirs, now)).toBe(false)
        expect(can(reader, 'thread.copy', { ...theirs, to: own }, now)).toBe(false)
        expect(can(reader, 'note.write', theirs, now)).toBe(false)
      })

      test('in an instructor’s dispute one says what one holds, and adds nothing that others would read', () => {
        const open = { ...theirs, byInstructor: true }
        expect(can(reader, 'stance.take', open, now)).toBe(true)
        expect(can(reader, 'dispute.take-part', open, now)).toBe(false)
        expect(can(reader, 'position.write', { ...open, holds: true }, now)).toBe(false)
        expect(can(actors.instructor, 'dispute.take-part', open, now)).toBe(true)
        expect(can(reader, 'dispute.take-part', { ...open, authorId: 'reader' }, now)).toBe(true)
      })

      test('replies are covered as notes are, under an instructor’s thread too', () => {
        const open = { ...theirs, byInstructor: true }
        const reply: ReplyFacts = {
          authorId: 'a fellow reader',
          byInstructor: false,
          hidden: false,
          groupId: 'group',
          thread: open,
        }
        const readsReply = (facts: ReplyFacts) => can(reader, 'reply.read', facts, now)
        expect(readsReply(reply)).toBe(false)
        expect(readsReply({ ...reply, authorId: 'reader' })).toBe(true)
        expect(readsReply({ ...reply, byInstructor: true })).toBe(true)
        expect(readsReply({ ...reply, thread: { ...open, seenBy: ['reader'] } })).toBe(true)
      })
    },
  )
})
