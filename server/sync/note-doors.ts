/** Who may enter which note: a class that comes back to one all at once is decided on by what was read for the first. */
import { LRUCache } from 'lru-cache'
import type { NoteDoor } from '../services/contracts/notes.ts'
import type { Services } from '../services/services.ts'

/** As long as who somebody is may be remembered. */
const rememberMs = 1_000
const rememberAtMost = 1_000

/** The doors of notes, each as it was read within the last second. */
export class NoteDoors {
  readonly #doors = new LRUCache<string, Promise<NoteDoor>>({ max: rememberAtMost, ttl: rememberMs })

  constructor(private readonly notes: Pick<Services['notes'], 'door'>) {}

  /** The door of a note. */
  of(noteId: string): Promise<NoteDoor> {
    const known = this.#doors.get(noteId)
    if (known) return known
    const door = this.notes.door(noteId)
    this.#doors.set(noteId, door)
    door.catch(() => this.#doors.delete(noteId))
    return door
  }

  /** To be called when anybody's rights may have changed. */
  forget(): void {
    this.#doors.clear()
  }
}
