/** Word documents for tests: the least that makes one. */
import { buildZip } from './build-zip.ts'

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

export interface DocxParts {
  /** What stands in `<w:body>`. */
  readonly body: string
  /** What stands in `<w:footnotes>`, `<w:comments>` and `<w:numbering>`. */
  readonly footnotes?: string
  readonly comments?: string
  readonly numbering?: string
  /** Names of paragraph styles; their ids are the names without spaces. */
  readonly styles?: readonly string[]
  /** Elements of the core properties. */
  readonly core?: string
  readonly files?: Readonly<Record<string, string | Uint8Array>>
}

/** A DOCX. */
export function buildDocx({
  body,
  footnotes,
  comments,
  numbering,
  styles = [],
  core = '',
  files,
}: DocxParts): Uint8Array {
  const part = (name: string, content: string | undefined) =>
    content === undefined ? {} : { [`word/${name}.xml`]: `<w:${name} ${W}>${content}</w:${name}>` }
  const relations = ['footnotes', 'comments', 'numbering', 'styles'].map(
    (name, n) => `<Relationship Id="r${n}" Type="${OFFICE}/${name}" Target="${name}.xml"/>`,
  )
  const styleXml = styles.map(
    (name) =>
      `<w:style w:type="paragraph" w:styleId="${name.replaceAll(' ', '')}"><w:name w:val="${name}"/></w:style>`,
  )
  return buildZip({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="d" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`,
    'word/document.xml': `<w:document ${W} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>${body}</w:body></w:document>`,
    ...part('footnotes', footnotes),
    ...part('comments', comments),
    ...part('numbering', numbering),
    ...part(
      'styles',
      `<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>${styleXml.join('')}`,
    ),
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">${core}</cp:coreProperties>`,
    ...files,
  })
}

/** A paragraph of runs, with a style by its id. */
export function aParagraph(runs: string, style?: string, properties = ''): string {
  const named = style === undefined ? '' : `<w:pStyle w:val="${style}"/>`
  return `<w:p><w:pPr>${named}${properties}</w:pPr>${runs}</w:p>`
}

/** A run of text, with properties such as `<w:i/>`. */
export function aRun(text: string, properties = ''): string {
  return `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
}
