/**
 * The queue of passages that a person looks at, as this browser shows it: a value and the steps that change it.
 *
 * A row that was decided stays where it is, so that nobody loses their place and can decide again; the counts follow
 * what was decided here, and what others turned out to have decided.
 */
import type { AnchorCounts, AnchorList, AnchorRow } from '#domain/wire/edition.ts'

/** What there is to say about a row besides what it holds. */
export type RowNews =
  /** Somebody else decided while it was looked at: the row shows what they decided, and nothing was changed. */
  { readonly kind: 'overtaken' } | { readonly kind: 'failed'; readonly message: string }

export interface QueueState {
  readonly rows: readonly AnchorRow[]
  readonly counts: AnchorCounts
  /** Cursor of what is not shown yet, null when everything is. */
  readonly next: string | null
  /** The row that the keys work on. */
  readonly currentId: string | null
  /** Rows whose decision is on its way. */
  readonly busy: ReadonlySet<string>
  readonly news: ReadonlyMap<string, RowNews>
  /** Rows whose decision is looked at once more. */
  readonly reopened: ReadonlySet<string>
}

/** The queue as the server sent it. */
export function openQueue({ items, next }: AnchorList, counts: AnchorCounts): QueueState {
  return {
    rows: items,
    counts,
    next,
    currentId: items.find(isOpen)?.id ?? items[0]?.id ?? null,
    busy: new Set(),
    news: new Map(),
    reopened: new Set(),
  }
}

/** Whether a row still waits for a person. */
export const isOpen = (row: AnchorRow): boolean => row.state === 'uncertain' && row.may.decide

/** Adds the next page. What was listed already, because the list moved in between, is not listed twice. */
export function withPage(state: QueueState, { items, next }: AnchorList): QueueState {
  const known = new Set(state.rows.map(({ id }) => id))
  return { ...state, rows: [...state.rows, ...items.filter(({ id }) => !known.has(id))], next }
}

/** Makes the row before or after the current one the current one; at the ends it stays. */
export function step(state: QueueState, by: 1 | -1): QueueState {
  const at = state.rows.findIndex(({ id }) => id === state.currentId)
  const row = state.rows[Math.min(state.rows.length - 1, Math.max(0, at + by))]
  return row ? { ...state, currentId: row.id } : state
}

/** A decision is on its way. */
export function deciding(state: QueueState, id: string): QueueState {
  return { ...state, currentId: id, busy: new Set(state.busy).add(id), news: without(state.news, id) }
}

/** A row as it is now: what this person decided, or with `news` what somebody else did. */
export function decided(state: QueueState, row: AnchorRow, news: RowNews | null = null): QueueState {
  const before = state.rows.find(({ id }) => id === row.id)
  const rows = state.rows.map((other) => (other.id === row.id ? row : other))
  const settled = { ...state, rows, counts: recount(state.counts, before, row) }
  return withNews(settled, row.id, news)
}

/** A decision that did not reach the server, or was refused: the row stays as it was. */
export function undecided(state: QueueState, id: string, message: string): QueueState {
  return withNews(state, id, { kind: 'failed', message })
}

/** The choices of a decided row are offered again. */
export function reopen(state: QueueState, id: string): QueueState {
  return { ...state, currentId: id, reopened: new Set(state.reopened).add(id) }
}

/** The row to go to once the current one is decided: the next that waits for a person, else the one before it that does. */
export function nextOpen({ rows, currentId }: QueueState): string | null {
  const at = rows.findIndex(({ id }) => id === currentId)
  return (rows.slice(at + 1).find(isOpen) ?? rows.slice(0, Math.max(0, at)).findLast(isOpen))?.id ?? currentId
}

function withNews(state: QueueState, id: string, news: RowNews | null): QueueState {
  const busy = new Set(state.busy)
  busy.delete(id)
  const reopened = new Set(state.reopened)
  if (news?.kind !== 'failed') reopened.delete(id)
  const told = without(state.news, id)
  return { ...state, busy, reopened, news: news ? new Map(told).set(id, news) : told }
}

function without(news: QueueState['news'], id: string): QueueState['news'] {
  return new Map([...news].filter(([other]) => other !== id))
}

function recount(counts: AnchorCounts, before: AnchorRow | undefined, after: AnchorRow): AnchorCounts {
  if (!before || before.state === after.state) return counts
  return {
    ...counts,
    [before.state]: Math.max(0, (counts[before.state] ?? 0) - 1),
    [after.state]: (counts[after.state] ?? 0) + 1,
  }
}
