import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { type FormEvent, useState } from 'react'
import { isAllowedHref } from '#domain/note/note-link.ts'
import styles from './editor.module.css'

const tools = [
  {
    name: 'bold',
    label: 'Bold',
    sign: 'B',
    run: (editor: Editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    name: 'italic',
    label: 'Italic',
    sign: 'I',
    run: (editor: Editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    name: 'bulletList',
    label: 'List',
    sign: '•',
    run: (editor: Editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    name: 'orderedList',
    label: 'Numbered list',
    sign: '1.',
    run: (editor: Editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    name: 'blockquote',
    label: 'Quotation',
    sign: '”',
    run: (editor: Editor) => editor.chain().focus().toggleBlockquote().run(),
  },
] as const

/** Bold, italic, lists, quotation and link, as buttons that say whether they are on. */
export function EditorToolbar({ editor }: { readonly editor: Editor }) {
  const [isLinking, setLinking] = useState(false)
  const active = useEditorState({
    editor,
    selector: ({ editor: at }) =>
      [...tools.map(({ name }) => name), 'link'].filter((name) => at.isActive(name)).join(' '),
  }).split(' ')
  const pressed = (name: string) => active.includes(name)
  return (
    <>
      <div className={styles.tools} role="toolbar" aria-label="Formatting">
        {tools.map(({ name, label, sign, run }) => (
          <button
            key={name}
            type="button"
            className={styles.tool}
            data-tool={name}
            aria-label={label}
            title={label}
            aria-pressed={pressed(name)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => run(editor)}
          >
            {sign}
          </button>
        ))}
        <button
          type="button"
          className={styles.tool}
          aria-pressed={pressed('link')}
          aria-expanded={isLinking}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setLinking(!isLinking)}
        >
          Link
        </button>
      </div>
      {isLinking && <LinkForm editor={editor} onDone={() => setLinking(false)} />}
    </>
  )
}

function LinkForm({ editor, onDone }: { readonly editor: Editor; readonly onDone: () => void }) {
  const [href, setHref] = useState(String(editor.getAttributes('link').href ?? ''))
  const [problem, setProblem] = useState('')
  const apply = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const address = /^[a-z][a-z0-9+.-]*:/i.test(href) || href === '' ? href : `https://${href}`
    if (address !== '' && !isAllowedHref(address)) {
      setProblem('That is no web or mail address.')
      return
    }
    const chain = editor.chain().focus().extendMarkRange('link')
    if (address === '') chain.unsetLink().run()
    else if (editor.state.selection.empty && !editor.isActive('link'))
      chain
        .insertContent({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href: address } }] })
        .run()
    else chain.setLink({ href: address }).run()
    onDone()
  }
  return (
    <form className={styles.linkForm} onSubmit={apply}>
      <label>
        <span>Address</span>
        <input
          // The form opens because somebody asked for it.
          ref={(input) => input?.focus()}
          value={href}
          inputMode="url"
          placeholder="https://"
          aria-invalid={problem !== ''}
          onChange={(event) => setHref(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            onDone()
            editor.commands.focus()
          }}
        />
      </label>
      <button type="submit">Set</button>
      {problem && <p role="alert">{problem}</p>}
    </form>
  )
}
