/** The live editor of a margin note. Loaded when a note is first written or watched; brings TipTap and Yjs. */
import { Collaboration } from '@tiptap/extension-collaboration'
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import { EditorContent, useEditor } from '@tiptap/react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { NoteConnection } from '#components/client/note-connection.ts'
import { isRefused } from '#components/client/note-keeper.ts'
import { closeNote, openNote } from '#components/client/note-session.ts'
import type { WrittenAt } from '#components/client/offline/unsent-entry.ts'
import { isSaved, untouched } from '#components/client/save-state.ts'
import type { NoteJson } from '#domain/note/note-json.ts'
import styles from './editor.module.css'
import { EditorToolbar } from './editor-toolbar.tsx'
import { noteExtensions } from './note-extensions.ts'
import { SaveLine } from './save-line.tsx'

/** What an editor tells of its note while it is open. */
export interface NoteProgress {
  readonly text: string
  readonly json: NoteJson
  /** Everything typed here is on the server's disk. */
  readonly isSaved: boolean
  /** There is no connection: what is typed here is kept in the browser and sent later. */
  readonly isWaiting: boolean
  /** The server will not have what is typed here: it is given back to its author. */
  readonly isRefused: boolean
}

export interface NoteEditorProps {
  readonly noteId: string
  readonly me: { readonly id: string; readonly name: string } | null
  /** Left out by whoever only watches. */
  readonly where?: WrittenAt
  /** False: watch others write. */
  readonly isWriting: boolean
  readonly label: string
  readonly onProgress?: (progress: NoteProgress) => void
}

/** Opens the note's session for as long as it is shown. */
export function NoteEditor(props: NoteEditorProps) {
  const { noteId, where } = props
  const meId = props.me?.id ?? null
  const [session, setSession] = useState<NoteConnection | null>(null)
  useEffect(() => {
    const opened = openNote({ noteId, accountId: meId, where: where ?? null })
    // Words typed into a note that has not arrived yet would stand before it, in a paragraph of their own.
    const show = () => {
      if (opened.hasArrived()) setSession(opened)
    }
    show()
    const stop = opened.subscribe(show)
    return () => {
      stop()
      closeNote(noteId)
      setSession(null)
    }
  }, [noteId, meId, where])
  return session ? <OpenNote key={props.noteId} session={session} {...props} /> : <p>Opening the note…</p>
}

function OpenNote({
  session,
  me,
  isWriting,
  label,
  onProgress,
}: NoteEditorProps & { session: NoteConnection }) {
  const save = useSyncExternalStore(session.subscribe, session.getSaveState, () => untouched)
  const editor = useEditor({
    immediatelyRender: false,
    editable: isWriting,
    autofocus: isWriting ? 'end' : false,
    extensions: [
      ...noteExtensions('Write…'),
      Collaboration.configure({ fragment: session.fragment }),
      CollaborationCaret.configure({
        provider: session.provider,
        user: { name: me?.name ?? '', color: 'var(--accent)' },
        render: drawCaret,
      }),
    ],
    editorProps: {
      attributes: {
        class: styles.text ?? '',
        'aria-label': label,
        role: 'textbox',
        'aria-multiline': 'true',
        dir: 'auto',
      },
    },
  })

  useEffect(() => {
    if (!editor || !onProgress) return
    const tell = () =>
      onProgress({
        text: editor.getText(),
        // The editor is built from the note schema.
        json: editor.getJSON() as NoteJson,
        isSaved: isSaved(session.getSaveState()),
        isWaiting: session.getSaveState().connection !== 'open' && !session.getSaveState().ended,
        isRefused: isRefused(session),
      })
    editor.on('update', tell)
    const stop = session.subscribe(tell)
    return () => {
      editor.off('update', tell)
      stop()
    }
  }, [editor, onProgress, session])

  return (
    <div className={styles.editor} data-writing={isWriting || undefined}>
      {editor && isWriting && <EditorToolbar editor={editor} />}
      <EditorContent editor={editor} />
      {isWriting && <SaveLine state={save} />}
      {isWriting && save.ended && editor && <CopyWords text={editor.getText()} />}
    </div>
  )
}

function CopyWords({ text }: { readonly text: string }) {
  return (
    <button type="button" className={styles.tool} onClick={() => void navigator.clipboard.writeText(text)}>
      Copy my words
    </button>
  )
}

/** A caret with the name of whose it is. The server stamps both name and colour. */
function drawCaret(user: Record<string, unknown>): HTMLElement {
  const caret = document.createElement('span')
  caret.className = styles.caret ?? ''
  if (typeof user.color === 'string') caret.style.setProperty('--person', user.color)
  const name = document.createElement('span')
  name.className = styles.caretName ?? ''
  name.textContent = typeof user.name === 'string' ? user.name : ''
  caret.append(name)
  return caret
}
