import { noteVersions, restoreNoteVersion } from '#components/client/thread-api.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { showToast } from '#components/ui/toast-list.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import { NoteWordings } from './note-wordings.tsx'

/** What the note that a thread opens with said before. */
export function NoteHistory({ thread }: { readonly thread: ThreadWithReplies }) {
  const { room } = useReader()
  const { id, note, version, may } = thread
  const bringBack = (number: number) =>
    void attempt(async () => {
      room.putThread(await restoreNoteVersion(id, number))
      showToast({ text: 'The note says again what it said then.' })
    })
  return (
    <NoteWordings
      noteId={id}
      text={note?.text ?? ''}
      changes={version}
      load={noteVersions}
      onBringBack={may.write ? bringBack : null}
    />
  )
}
