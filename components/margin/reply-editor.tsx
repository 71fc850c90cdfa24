/** The editor of a reply: local until it is sent. Loaded when first needed. */
import type { JSONContent } from '@tiptap/core'
import { UndoRedo } from '@tiptap/extensions'
import { EditorContent, useEditor } from '@tiptap/react'
import { useState } from 'react'
import { clearDraft, keepDraft, readDraft } from '#components/client/kept-drafts.ts'
import { Button } from '#components/ui/button.tsx'
import { emptyNote, type NoteJson } from '#domain/note/note-json.ts'
import styles from './editor.module.css'
import { EditorToolbar } from './editor-toolbar.tsx'
import { noteExtensions } from './note-extensions.ts'

export interface ReplyEditorProps {
  /** Under which name the draft is kept in this browser. */
  readonly draftKey: string
  /** What it begins with when there is no draft. */
  readonly initial?: NoteJson
  readonly label: string
  readonly submitLabel: string
  /** Resolves to whether it was sent; the draft is kept until then. */
  readonly onSubmit: (body: NoteJson, text: string) => Promise<boolean>
  readonly onCancel: () => void
}

export function ReplyEditor(props: ReplyEditorProps) {
  const { draftKey, initial, label, submitLabel, onSubmit, onCancel } = props
  const [isBusy, setBusy] = useState(false)
  const [isEmpty, setEmpty] = useState(true)
  const editor = useEditor({
    immediatelyRender: false,
    autofocus: 'end',
    content: toContent(readDraft(draftKey) ?? initial ?? emptyNote),
    extensions: [...noteExtensions('Reply…'), UndoRedo],
    editorProps: {
      attributes: {
        class: styles.text ?? '',
        'aria-label': label,
        role: 'textbox',
        'aria-multiline': 'true',
        dir: 'auto',
      },
    },
    onCreate: ({ editor: made }) => setEmpty(made.isEmpty),
    onUpdate: ({ editor: changed }) => {
      setEmpty(changed.isEmpty)
      // The editor is built from the note schema.
      keepDraft(draftKey, changed.isEmpty ? null : (changed.getJSON() as NoteJson))
    },
  })
  const submit = async () => {
    if (!editor || editor.isEmpty || isBusy) return
    setBusy(true)
    const isSent = await onSubmit(editor.getJSON() as NoteJson, editor.getText())
    setBusy(false)
    if (isSent) clearDraft(draftKey)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut beside the button that does the same
    <div
      className={styles.editor}
      data-writing
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit()
      }}
    >
      {editor && <EditorToolbar editor={editor} />}
      <EditorContent editor={editor} />
      <div className={styles.submit}>
        <Button look="primary" busy={isBusy} disabled={isEmpty} onClick={() => void submit()}>
          {submitLabel}
        </Button>
        <Button look="plain" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

/** The editor's own type for content can be changed in place; ours cannot. */
function toContent(json: NoteJson): JSONContent {
  return structuredClone(json) as JSONContent
}
