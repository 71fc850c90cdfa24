import { Suspense, useState } from 'react'
import { readDraft } from '#components/client/kept-drafts.ts'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { newId } from '#components/client/new-id.ts'
import { sendOrKeep } from '#components/client/offline/send-or-keep.ts'
import { createReply } from '#components/client/thread-api.ts'
import { useStore } from '#components/client/value-store.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { whereOf } from '#components/reader/reader-data.ts'
import { Button } from '#components/ui/button.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { Select } from '#components/ui/select.tsx'
import type { NoteJson } from '#domain/note/note-json.ts'
import styles from './note-card.module.css'
import { ReplyItem } from './reply-item.tsx'

const ReplyEditor = lazyPart(async () => (await import('./reply-editor.tsx')).ReplyEditor)

/** The replies of an open card, and the way to answer. */
export function ReplyList({ placed }: { readonly placed: PlacedThread }) {
  const { data, room, view } = useReader()
  const { thread } = placed
  const [reply, setReply] = useState<{ id: string } | null>(null)
  const writingRoom = useStore(view, (state) => state.writingRoom)
  const rooms = data.rooms.filter(({ name, mayReply }) => mayReply && placed.rooms.includes(name))
  const [chosenRoom, setChosenRoom] = useState<string | null>(null)
  // Unless said otherwise an answer goes to those who wrote last, then to where everything goes that is written now.
  const goesTo =
    rooms.find(({ name }) => name === chosenRoom) ??
    rooms.find(({ groupId }) => groupId !== null && groupId === thread.replies.at(-1)?.groupId) ??
    rooms.find(({ name }) => name === writingRoom?.name) ??
    rooms[0]
  const mayReply = thread.may.reply && goesTo && thread.state === 'posted'
  const draftKey = `${data.me?.id}-reply-${thread.id}`

  const send = (body: NoteJson, text: string) =>
    attempt(async () => {
      const id = reply?.id ?? newId()
      const wanted = {
        id,
        body: { ...body, content: [...body.content] },
        groupId: goesTo?.groupId ?? undefined,
      }
      const entry = {
        kind: 'reply',
        id,
        writtenAt: Date.now(),
        where: whereOf(data, goesTo ?? null),
        threadId: thread.id,
        reply: wanted,
        text,
      } as const
      const sent = await sendOrKeep(data.me?.id ?? null, entry, () => createReply(thread.id, wanted))
      if (sent) room.putReply(thread.id, sent)
      setReply(null)
    })

  return (
    <>
      {thread.replies.length > 0 && (
        <ol className={styles.replies} aria-label="Replies">
          {thread.replies.map((one) => (
            <ReplyItem key={one.id} thread={thread} reply={one} />
          ))}
        </ol>
      )}
      {mayReply &&
        (reply ? (
          <Suspense fallback={<p className={styles.quiet}>Opening the editor…</p>}>
            <ReplyEditor
              draftKey={draftKey}
              label={`Your reply to ${thread.author.name}`}
              submitLabel="Reply"
              onSubmit={send}
              onCancel={() => setReply(null)}
            />
            {rooms.length > 1 && goesTo && (
              <Select
                label="Goes to"
                value={goesTo.name}
                options={rooms.map(({ name, label }) => ({ value: name, label }))}
                onChange={(event) => setChosenRoom(event.target.value)}
              />
            )}
          </Suspense>
        ) : (
          <Button look="plain" className={styles.replyButton} onClick={() => setReply({ id: newId() })}>
            {readDraft(draftKey) ? 'Go on with your reply' : 'Reply'}
          </Button>
        ))}
    </>
  )
}
