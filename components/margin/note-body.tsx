import type { ReactNode } from 'react'
import type { NoteBlock, NoteInline, NoteMark } from '#domain/note/note-json.ts'
import { isAllowedHref } from '#domain/note/note-link.ts'
import styles from './note-body.module.css'

/** A note or reply as it is read. What it holds beyond the note schema is left out; nothing is set as HTML. */
export function NoteBody({ json }: { readonly json: { readonly content?: readonly unknown[] } }) {
  // The server keeps the schema of notes; the API's types name only the outer shape.
  const blocks = (json.content ?? []) as readonly NoteBlock[]
  return (
    <div className={styles.body} dir="auto">
      {blocks.map(renderBlock)}
    </div>
  )
}

function renderBlock(block: NoteBlock, key: number): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return <p key={key}>{block.content?.map(renderInline)}</p>
    case 'blockquote':
      return <blockquote key={key}>{block.content.map(renderBlock)}</blockquote>
    case 'bulletList':
      return <ul key={key}>{block.content.map((item, at) => renderItem(item.content, at))}</ul>
    case 'orderedList':
      return (
        <ol key={key} start={block.attrs?.start}>
          {block.content.map((item, at) => renderItem(item.content, at))}
        </ol>
      )
    default:
      return null
  }
}

function renderItem(content: readonly NoteBlock[], key: number): ReactNode {
  return <li key={key}>{content.map(renderBlock)}</li>
}

function renderInline(inline: NoteInline, key: number): ReactNode {
  if (inline.type === 'hardBreak') return <br key={key} />
  if (inline.type !== 'text') return null
  return <span key={key}>{(inline.marks ?? []).reduceRight(wrap, inline.text as ReactNode)}</span>
}

function wrap(inside: ReactNode, mark: NoteMark): ReactNode {
  if (mark.type === 'bold') return <strong>{inside}</strong>
  if (mark.type === 'italic') return <em>{inside}</em>
  if (mark.type !== 'link' || !isAllowedHref(mark.attrs.href)) return inside
  return (
    <a href={mark.attrs.href} rel="noopener noreferrer nofollow" target="_blank">
      {inside}
    </a>
  )
}
