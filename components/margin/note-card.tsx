import { memo, Suspense, useEffect, useRef } from 'react'
import { isSamePlaced, type PlacedThread } from '#components/client/merge-rooms.ts'
import { hasUnsentWords, unsentStore } from '#components/client/offline/unsent-store.ts'
import { useStore } from '#components/client/value-store.ts'
import { anchorWords } from '#components/editions/anchor-words.ts'
import { useReader } from '#components/reader/reader-context.ts'
import type { RoomChoice } from '#components/reader/reader-data.ts'
import { Avatar } from '#components/ui/avatar.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { AnchorLines } from './anchor-lines.tsx'
import { kindWords } from './kind-words.ts'
import { NoteBody } from './note-body.tsx'
import styles from './note-card.module.css'
import { NoteComposer } from './note-composer.tsx'
import { provenanceWords } from './provenance-words.ts'
import { TagList } from './tag-list.tsx'
import { TimeAgo } from './time-ago.tsx'
import { isUnread } from './unread.ts'

const CheckedQuotations = lazyPart(
  async () => (await import('#components/parallels/checked-quotations.tsx')).CheckedQuotations,
)
const DisputeCard = lazyPart(async () => (await import('#components/disputes/dispute-card.tsx')).DisputeCard)
const OpenCard = lazyPart(async () => (await import('./open-card.tsx')).OpenCard)
const LiveNote = lazyPart(async () => (await import('./note-editor.tsx')).NoteEditor)

export interface NoteCardProps {
  readonly placed: PlacedThread
  /** Name of somebody else who writes in the note at this moment, or null. */
  readonly writer: string | null
}

/**
 * One thread in the margin: its note, what belongs to it, and what may be done with it. While others write in a full
 * margin, only the cards of what changed are set anew.
 */
export const NoteCard = memo(
  Card,
  (before, after) => isSamePlaced(before.placed, after.placed) && before.writer === after.writer,
)

function Card({ placed, writer }: NoteCardProps) {
  const { data, view, actions } = useReader()
  const { thread } = placed
  const isActive = useStore(view, ({ activeId }) => activeId === thread.id)
  const isEditing = useStore(view, ({ editingId }) => editingId === thread.id)
  const seen = useStore(view, (state) => state.seen)
  const focusRef = useFocusOnDemand(thread.id)
  const unread = isUnread(thread, { meId: data.me?.id ?? null, since: data.unreadSince, seen })
  const room = data.rooms.find(({ name }) => name === placed.rooms[0])
  const isUnsent = useStore(unsentStore, (state) => hasUnsentWords(state, thread.id))
  const isTombstone = thread.state === 'deleted'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the text's marks and the keys n, p and Enter open cards
    <article
      data-card={thread.id}
      data-color={room?.color}
      aria-label={cardName(placed, data.me?.id ?? null, unread)}
      aria-current={isActive || undefined}
      className={classNames(
        styles.card,
        isActive && styles.active,
        thread.status === 'resolved' && styles.resolved,
      )}
      onClick={() => !isActive && actions.open(placed)}
    >
      {/* The focus goes to a place of its own, so that Enter on a button inside is the button's. */}
      <div ref={focusRef} className={styles.head} tabIndex={-1} data-card-head>
        <Avatar name={thread.author.name} color={`var(--layer-${room?.color ?? 1})`} decorative />
        <span className={styles.author} title={thread.author.name}>
          {thread.author.name}
        </span>
        <span className={styles.meta}>
          {thread.kind !== 'note' && <span className={styles.kind}>{kindWords[thread.kind].one}</span>}
          {thread.state === 'draft' && <span className={styles.draft}>draft, only you see it</span>}
          {isUnsent && <span className={styles.draft}>not sent yet</span>}
          {thread.status === 'resolved' && !thread.dispute && <span className={styles.kind}>resolved</span>}
          {thread.hidden && <span className={styles.kind}>hidden</span>}
          {thread.locked && <span className={styles.kind}>locked</span>}
          {unread && <span className={styles.unread}>new</span>}
          <TimeAgo instant={thread.postedAt ?? thread.createdAt} />
        </span>
      </div>
      {thread.provenance && <p className={styles.quiet}>{provenanceWords(thread.provenance)}</p>}
      {thread.hiddenReason && <p className={styles.quiet}>Hidden by a moderator: {thread.hiddenReason}</p>}
      {thread.kind === 'highlight' && !isEditing && <MarkedWords placed={placed} />}
      <AnchorLines thread={thread} />
      {thread.dispute && (
        <Suspense fallback={<p className={styles.quiet}>{thread.dispute.question}</p>}>
          <DisputeCard dispute={thread.dispute} isActive={isActive} />
        </Suspense>
      )}
      {isTombstone && <p className={styles.quiet}>This note was deleted. Its replies stay.</p>}
      {isEditing ? (
        <NoteComposer placed={placed} room={room ?? null} />
      ) : writer !== null ? (
        <Watched threadId={thread.id} writer={writer} fallback={thread.note?.json ?? null} />
      ) : (
        thread.note &&
        thread.note.text !== '' && (
          <div className={isActive ? styles.whole : styles.clamped}>
            <NoteBody json={thread.note.json} />
          </div>
        )
      )}
      {isActive && !isEditing && quotes(thread.note?.text ?? '') && (
        <Suspense>
          <CheckedQuotations threadId={thread.id} text={thread.note?.text ?? ''} />
        </Suspense>
      )}
      <TagList placed={placed} isActive={isActive} />
      {thread.lastStatusChange?.reason && (
        <p className={styles.quiet}>
          {thread.lastStatusChange.status === 'resolved' ? 'Resolved' : 'Reopened'} by{' '}
          {thread.lastStatusChange.by.name}: {thread.lastStatusChange.reason}
        </p>
      )}
      {!isActive && thread.replyCount > 0 && (
        <button type="button" className={styles.replyCount} aria-expanded={false}>
          {thread.replyCount === 1 ? '1 reply' : `${thread.replyCount} replies`}
        </button>
      )}
      {isActive && !isEditing && (
        <Suspense>
          <OpenCard placed={placed} room={room ?? null} />
        </Suspense>
      )}
      {room && data.rooms.length > 1 && (
        <p className={styles.layer}>{layerWords(room, placed.rooms.length)}</p>
      )}
    </article>
  )
}

/** Whether there may be a quotation in it: its sources are asked for only then. */
const quotes = (text: string) => /[“„«»"]/.test(text)

function Watched(props: {
  threadId: string
  writer: string
  fallback: { content?: readonly unknown[] } | null
}) {
  const { data } = useReader()
  const stored = props.fallback ? <NoteBody json={props.fallback} /> : null
  return (
    <div className={styles.live}>
      <Suspense fallback={stored}>
        <LiveNote noteId={props.threadId} me={data.me} isWriting={false} label="The note, as it is written" />
      </Suspense>
      <p className={styles.writing}>{props.writer} is writing…</p>
    </div>
  )
}

function MarkedWords({ placed }: { readonly placed: PlacedThread }) {
  const words = placed.thread.passages
    .flatMap((passage) =>
      // What became another is told with its words by AnchorLines.
      'hidden' in passage || anchorWords[passage.anchor.state].inMargin !== null ? [] : [passage.exact],
    )
    .join(' … ')
  if (words === '') return null
  return (
    <p className={styles.words} dir="auto">
      {words.length > 160 ? `${words.slice(0, 160)}…` : words}
    </p>
  )
}

/** Takes the focus when the view asks for this card. */
function useFocusOnDemand(threadId: string) {
  const { view } = useReader()
  const head = useRef<HTMLDivElement>(null)
  const isWanted = useStore(view, ({ focusId }) => focusId === threadId)
  useEffect(() => {
    if (!isWanted) return
    head.current?.focus({ preventScroll: true })
    view.set({ focusId: null })
  }, [isWanted, view])
  return head
}

function cardName({ thread }: PlacedThread, meId: string | null, unread: boolean): string {
  const kind = kindWords[thread.kind].one
  const by = thread.author.id === meId ? 'you' : thread.author.name
  return `${unread ? 'New ' : ''}${kind} by ${by}`
}

/** Where a card's note stands: a layer over several groups is in the room of each. */
function layerWords({ label, layerName }: RoomChoice, groups: number): string {
  return groups > 1 ? `${layerName}, ${groups} groups` : label
}
