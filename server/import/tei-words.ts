/** What the elements of TEI mean for the words in them. */
import type { MarkKind, PlainMark } from './inline-writer.ts'
import { type XmlElement, xmlChildren } from './xml-tree.ts'

/** Elements that are no part of the text that is read: running heads, deletions, descriptions for machines. */
export const TEI_SILENT = new Set(
  'teiHeader facsimile sourceDoc standOff fw del index certainty respons interp interpGrp spanGrp link linkGrp graphic binaryObject media xenoData desc'.split(
    ' ',
  ),
)
/** Elements that begin a line of their own. */
export const TEI_BLOCKS = new Set(
  'text group front body back div div0 div1 div2 div3 div4 div5 div6 div7 p ab head l lg list item castList castItem table figure sp speaker stage epigraph argument opener closer salute signed dateline byline trailer postscript titlePage docTitle titlePart docAuthor docImprint docDate docEdition imprimatur listBibl biblStruct floatingText set prologue epilogue performance spGrp eg egXML entry entryFree'.split(
    ' ',
  ),
)
const RENDERED: readonly (readonly [RegExp, PlainMark])[] = [
  [/small-?caps?|\bsc\b/i, 'small-caps'],
  [/bold|\bb\b|strong/i, 'strong'],
  [/sup(?:er(?:script)?)?\b/i, 'superscript'],
  [/sub(?:script)?\b/i, 'subscript'],
  [/underlin|\bu\b/i, 'underline'],
  [/strike|line-through/i, 'strikethrough'],
  [/roman|normal|upright|spaced|quot/i, 'quotation'],
]
const MARKS: Readonly<Record<string, PlainMark>> = {
  emph: 'emphasis', foreign: 'emphasis', mentioned: 'emphasis', q: 'quotation', quote: 'quotation', said: 'quotation',
  code: 'code', soCalled: 'quotation',
} // biome-ignore format: one table

/** The mark an element stands for, if any. */
export function toTeiMark({ name, attributes }: XmlElement): MarkKind | null {
  const rendition = `${attributes.rend ?? ''} ${attributes.rendition ?? ''} ${attributes.style ?? ''}`.trim()
  if (name === 'hi') {
    const found = RENDERED.find(([pattern]) => pattern.test(rendition))?.[1]
    if (found === 'quotation') return null
    return { kind: found ?? 'emphasis' }
  }
  if (name === 'title') return attributes.level === 'a' ? null : { kind: 'emphasis' }
  if (name === 'ref' && /^https?:/i.test(attributes.target ?? ''))
    return { kind: 'link', href: attributes.target ?? '' }
  // Quotation marks that the source has written are not set a second time.
  const kind = Object.hasOwn(MARKS, name) ? MARKS[name] : undefined
  return kind === undefined || (kind === 'quotation' && attributes.rend === 'none') ? null : { kind }
}

/** Of several readings of one place, the one that an edition for reading shows. */
export function chooseReading(element: XmlElement): XmlElement | null {
  const children = xmlChildren(element)
  if (element.name === 'choice')
    return (
      children.find(({ name }) => ['corr', 'reg', 'expan', 'ex'].includes(name)) ??
      children.find(({ name }) => name !== 'sic') ??
      children[0] ??
      null
    )
  if (element.name === 'app') return children.find(({ name }) => name === 'lem') ?? children[0] ?? null
  return null
}

/** Whether a break (`lb`, `pb`, `cb`) stands within a word. */
export function isWithinWord(element: XmlElement): boolean {
  return isBreak(element) && element.attributes.break === 'no'
}

export function isBreak({ name }: XmlElement): boolean {
  return name === 'lb' || name === 'pb' || name === 'cb' || name === 'gb' || name === 'milestone'
}
