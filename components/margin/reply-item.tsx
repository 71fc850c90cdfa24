import { Suspense, useState } from 'react'
import { sendOrKeep } from '#components/client/offline/send-or-keep.ts'
import { changeReply, type ReplyVersion, replyHistory } from '#components/client/thread-api.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { type RoomChoice, whereOf } from '#components/reader/reader-data.ts'
import { Button } from '#components/ui/button.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import type { NoteJson } from '#domain/note/note-json.ts'
import type { Reply, ThreadWithReplies } from '#domain/wire/thread.ts'
import { ModerateReply } from './moderate-reply.tsx'
import { NoteBody } from './note-body.tsx'
import styles from './note-card.module.css'
import { TimeAgo } from './time-ago.tsx'

const ReplyEditor = lazyPart(async () => (await import('./reply-editor.tsx')).ReplyEditor)

/** One reply: its words, whether and how they were edited, and for its author what may be done with it. */
export function ReplyItem({
  thread,
  reply,
}: {
  readonly thread: Pick<ThreadWithReplies, 'id' | 'layerId' | 'may'>
  readonly reply: Reply
}) {
  const threadId = thread.id
  const { data, room, actions } = useReader()
  const [isEditing, setEditing] = useState(false)
  const [history, setHistory] = useState<readonly ReplyVersion[] | null>(null)
  const group = groupAmongSeveral(data.rooms, thread.layerId, reply.groupId)
  const isMine = reply.author.id === data.me?.id
  if (reply.deletedAt !== null) return <li className={styles.quiet}>Reply by {reply.author.name} deleted.</li>

  const save = (body: NoteJson, text: string) =>
    attempt(async () => {
      const { id, version } = reply
      const entry = {
        kind: 'reply-edit',
        id: `edit-${id}`,
        writtenAt: Date.now(),
        where: whereOf(data, findRoom(data.rooms, thread.layerId, reply.groupId)),
        threadId,
        replyId: id,
        body,
        text,
        version,
      } as const
      const changed = await sendOrKeep(data.me?.id ?? null, entry, () => changeReply(id, body, version))
      if (changed) room.putReply(threadId, changed)
      setEditing(false)
      setHistory(null)
    })
  const toggleHistory = () =>
    history ? setHistory(null) : void attempt(async () => setHistory(await replyHistory(reply.id)))

  return (
    <li className={styles.reply}>
      <div className={styles.replyHead}>
        <span className={styles.author} title={reply.author.name}>
          {reply.author.name}
        </span>
        <span className={styles.meta}>
          {group && <span dir="auto">{group}</span>}
          {reply.editedAt && (
            <button
              type="button"
              className={styles.textButton}
              aria-expanded={history !== null}
              onClick={toggleHistory}
            >
              edited
            </button>
          )}
          <TimeAgo instant={reply.createdAt} />
        </span>
      </div>
      {isEditing ? (
        <Suspense fallback={<NoteBody json={reply.body ?? {}} />}>
          <ReplyEditor
            draftKey={`${data.me?.id}-edit-${reply.id}`}
            initial={(reply.body as NoteJson | null) ?? undefined}
            label="Your reply"
            submitLabel="Save"
            onSubmit={save}
            onCancel={() => setEditing(false)}
          />
        </Suspense>
      ) : (
        <NoteBody json={reply.body ?? {}} />
      )}
      {history && <History versions={history} />}
      {reply.hidden && (
        <p className={styles.quiet}>
          Hidden from the others{reply.hiddenReason ? `: ${reply.hiddenReason}` : ''}
        </p>
      )}
      {(isMine || thread.may.moderate) && !isEditing && (
        <div className={styles.replyActions}>
          {isMine && !reply.hidden && (
            <Button look="plain" onClick={() => setEditing(true)}>
              Edit
            </Button>
          )}
          {isMine && (
            <Button look="plain" onClick={() => void actions.removeReply(threadId, reply)}>
              Delete
            </Button>
          )}
          {thread.may.moderate && <ModerateReply threadId={threadId} reply={reply} />}
        </div>
      )}
    </li>
  )
}

function History({ versions }: { readonly versions: readonly ReplyVersion[] }) {
  return (
    <ol className={styles.history} aria-label="Earlier wordings">
      {versions.map((version) => (
        <li key={version.writtenAt}>
          <TimeAgo instant={version.writtenAt} />
          <NoteBody json={version.body} />
        </li>
      ))}
    </ol>
  )
}

/** The room that a reply stands in, as far as this person is in it. */
const findRoom = (rooms: readonly RoomChoice[], layerId: string, groupId: string | null) =>
  rooms.find((room) => room.layerId === layerId && room.groupId === groupId) ?? null

/** What the group of a reply is called, for whoever sees those of several under one note. */
function groupAmongSeveral(
  rooms: readonly RoomChoice[],
  layerId: string,
  groupId: string | null,
): string | null {
  const isAmongSeveral = rooms.filter((room) => room.layerId === layerId).length > 1
  return isAmongSeveral ? (findRoom(rooms, layerId, groupId)?.groupName ?? null) : null
}
