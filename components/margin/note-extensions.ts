/** The editor's extensions: those that build the note schema, and no other. */

import type { Extensions } from '@tiptap/core'
import Blockquote from '@tiptap/extension-blockquote'
import Bold from '@tiptap/extension-bold'
import Document from '@tiptap/extension-document'
import HardBreak from '@tiptap/extension-hard-break'
import Italic from '@tiptap/extension-italic'
import Link from '@tiptap/extension-link'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import Paragraph from '@tiptap/extension-paragraph'
import Text from '@tiptap/extension-text'
import { Placeholder } from '@tiptap/extensions'
import { isAllowedHref } from '#domain/note/note-link.ts'

/** A link that keeps its address and nothing else: what TipTap adds to it is no part of a note. */
const NoteLink = Link.extend({
  addAttributes() {
    return { href: { default: null, parseHTML: (element: HTMLElement) => element.getAttribute('href') } }
  },
}).configure({
  openOnClick: false,
  defaultProtocol: 'https',
  isAllowedUri: (url) => isAllowedHref(url),
  shouldAutoLink: (url) => isAllowedHref(url),
})

/** Ordered lists know where they begin; the style of their numbers is the page's. */
const NoteOrderedList = OrderedList.extend({
  addAttributes() {
    return {
      start: {
        default: 1,
        parseHTML: (element: HTMLElement) =>
          Math.max(0, Number.parseInt(element.getAttribute('start') ?? '', 10) || 1),
      },
    }
  },
})

/** Everything an editor of notes or replies is made of, but for undo, which differs between the two. */
export function noteExtensions(placeholder: string): Extensions {
  return [
    Document,
    Paragraph,
    Text,
    NoteLink,
    Bold,
    Italic,
    Blockquote,
    BulletList,
    NoteOrderedList,
    ListItem,
    ListKeymap,
    HardBreak,
    Placeholder.configure({ placeholder, showOnlyWhenEditable: true }),
  ]
}
