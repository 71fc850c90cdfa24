/**
 * What this browser keeps of one account until the server has it: in IndexedDB, so that it outlives a closed tab and a
 * restart. Each account has a database of its own, which another account never opens and signing out deletes.
 *
 * Of a note only what is not committed yet is kept, as the whole Yjs state that holds it: a second lasting copy would
 * have to be thrown away whenever the server says "discard your copy". Each open note writes under a key of its own, so
 * that two windows do not overwrite each other's words; whoever opens the note takes up all of them.
 */
import {
  type DBSchema,
  deleteDB,
  type IDBPDatabase,
  type IDBPObjectStore,
  openDB,
  type StoreNames,
} from 'idb'
import type { NoteJson } from '#domain/note/note-json.ts'
import type { ReturnedWords, UnsentEntry, WrittenAt } from './unsent-entry.ts'

/** Words in a note that are not committed. */
export interface KeptNote {
  /** One for each opening of a note. */
  readonly key: string
  readonly noteId: string
  readonly where: WrittenAt | null
  /** A Yjs update (version 1) with everything that this opening of the note knew. */
  readonly state: Uint8Array
  /** The note as it read here. */
  readonly json: NoteJson
  readonly text: string
  /** Milliseconds since 1970; tells an overtaken state from one that was written since. */
  readonly keptAt: number
}

interface KeptSchema extends DBSchema {
  notes: { key: string; value: KeptNote; indexes: { noteId: string } }
  entries: { key: string; value: UnsentEntry }
  returned: { key: string; value: ReturnedWords }
}

/** All that is kept. */
export interface Kept {
  readonly notes: readonly KeptNote[]
  readonly entries: readonly UnsentEntry[]
  readonly returned: readonly ReturnedWords[]
}

/** A state of a note as it was written to disk. */
export type KeptState = Pick<KeptNote, 'key' | 'keptAt'>

/** What words waited as. */
export interface Waited {
  readonly notes: readonly KeptState[]
  readonly entryIds: readonly string[]
}

const prefix = 'postil-'

/** What is kept of one account. Every call may fail where the browser keeps nothing. */
export class KeptWords {
  private constructor(private readonly database: IDBPDatabase<KeptSchema>) {}

  /** Opens what is kept of `accountId`. Throws where the browser keeps nothing. */
  static async open(accountId: string): Promise<KeptWords> {
    const database = await openDB<KeptSchema>(prefix + accountId, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('notes', { keyPath: 'key' }).createIndex('noteId', 'noteId')
        fresh.createObjectStore('entries', { keyPath: 'id' })
        fresh.createObjectStore('returned', { keyPath: 'id' })
      },
      // Signing out in another window deletes it: whoever still has it open stands in the way.
      blocking: (_current, _blocked, event) => {
        if (event.target instanceof IDBDatabase) event.target.close()
      },
    })
    return new KeptWords(database)
  }

  /** Everything as of one moment. */
  async readAll(): Promise<Kept> {
    const read = this.database.transaction(['notes', 'entries', 'returned'])
    const [notes, entries, returned] = await Promise.all([
      read.objectStore('notes').getAll(),
      read.objectStore('entries').getAll(),
      read.objectStore('returned').getAll(),
      read.done,
    ])
    return {
      notes,
      entries: entries.sort((a, b) => a.writtenAt - b.writtenAt),
      returned: returned.sort((a, b) => a.returnedAt - b.returnedAt),
    }
  }

  notesOf(noteId: string): Promise<KeptNote[]> {
    return this.database.getAllFromIndex('notes', 'noteId', noteId)
  }

  async keepNote(note: KeptNote): Promise<void> {
    await this.database.put('notes', note)
  }

  /** Forgets states of a note that are committed, unless more was written under their keys since. */
  async forgetNotes(notes: readonly KeptState[]): Promise<void> {
    const write = this.database.transaction('notes', 'readwrite')
    await Promise.all([forgetStates(write.store, notes), write.done])
  }

  async keepEntry(entry: UnsentEntry): Promise<void> {
    await this.database.put('entries', entry)
  }

  async forgetEntry(id: string): Promise<void> {
    await this.database.delete('entries', id)
  }

  /**
   * Keeps words that the server would not take, and forgets what they waited as: both or neither, so that whoever reads
   * finds them once, and a page that is closed meanwhile gives them back once.
   */
  async giveBack(words: readonly ReturnedWords[], instead: Waited): Promise<void> {
    const write = this.database.transaction(['notes', 'entries', 'returned'], 'readwrite')
    await Promise.all([
      ...words.map((one) => write.objectStore('returned').put(one)),
      ...instead.entryIds.map((id) => write.objectStore('entries').delete(id)),
      forgetStates(write.objectStore('notes'), instead.notes),
      write.done,
    ])
  }

  async forgetReturned(id: string): Promise<void> {
    await this.database.delete('returned', id)
  }

  close(): void {
    this.database.close()
  }
}

async function forgetStates(
  store: IDBPObjectStore<KeptSchema, StoreNames<KeptSchema>[], 'notes', 'readwrite'>,
  notes: readonly KeptState[],
): Promise<void> {
  await Promise.all(
    notes.map(async ({ key, keptAt }) => {
      const now = await store.get(key)
      if (now && now.keptAt <= keptAt) await store.delete(key)
    }),
  )
}

/** How many things of this account wait to be sent or were offered back; 0 where nothing is kept. */
export async function countKept(accountId: string): Promise<number> {
  try {
    const kept = await KeptWords.open(accountId)
    const { notes, entries, returned } = await kept.readAll()
    kept.close()
    return (
      new Set([...notes.map(({ noteId }) => noteId), ...entries.map(({ id }) => id)]).size + returned.length
    )
  } catch {
    return 0
  }
}

/** Deletes everything that is kept of this account. */
export async function eraseKept(accountId: string): Promise<void> {
  await deleteDB(prefix + accountId)
}
