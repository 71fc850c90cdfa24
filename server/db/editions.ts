/** The rows of editions: original bytes in pieces, blocks, and the canonical text that they make. */
import type {
  Block,
  BlockForm,
  CitedWork,
  InlineMark,
  Section,
  TextRange,
} from '#domain/text/edition-text.ts'
import type { Repair } from '#domain/text/repairs.ts'
import type { Tx } from './database.ts'
import type { Prisma } from './generated/client.ts'
import { toJsonColumn } from './json-column.ts'

/** An edition as it is known without its blocks. */
export interface EditionRow {
  readonly id: string
  readonly documentId: string
  readonly number: number
  readonly format: string
  readonly fileName: string | null
  readonly contentType: string | null
  /** UTF-16 code units of the canonical text. */
  readonly length: number
  readonly blockCount: number
  readonly sections: readonly Section[]
}

/** What is known of an edition before its blocks are written. */
export interface NewEdition extends Omit<EditionRow, 'documentId'> {
  readonly documentId: string
  readonly sha256: string
  /** Bytes of the original. */
  readonly size: number
  readonly repairs: readonly Repair[]
  /** What the import left out or could not read, each in one line. */
  readonly notices: readonly string[]
  /** The works that it cites. */
  readonly works: readonly CitedWork[]
  readonly createdById: string | null
  readonly createdAt: Date
}

/** Writes an edition that is not published yet. Fails on an id or a number that is taken: see `isTaken`. */
export async function insertEdition(tx: Tx, edition: NewEdition): Promise<void> {
  const { sections, repairs, notices, works, ...row } = edition
  await tx.edition.create({
    data: {
      ...row,
      sections: toJsonColumn(sections),
      repairs: toJsonColumn(repairs),
      notices: toJsonColumn(notices),
      works: toJsonColumn(works),
    },
  })
}

/** Writes one piece of the original. */
export async function insertOriginalChunk(
  tx: Tx,
  editionId: string,
  index: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await tx.originalChunk.create({ data: { editionId, index, bytes } })
}

/** Writes one batch of blocks: as one JSON value, which costs a tenth of a parameter for each column of each row. */
export async function insertBlocks(tx: Tx, editionId: string, blocks: readonly Block[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Block" ("editionId", "index", "number", "start", "end", "form", "text", "marks", "source")
    SELECT ${editionId}, "index", "number", "start", "end", "form", "text", "marks", "source"
    FROM json_to_recordset(${JSON.stringify(blocks)}::json) AS block(
      "index" int, "number" int, "start" int, "end" int, "form" jsonb, "text" text, "marks" jsonb, "source" jsonb
    )`
}

/** An edition by its id, published or not; null when there is none. */
export async function findEdition(tx: Tx, editionId: string): Promise<EditionRow | null> {
  const row = await tx.edition.findUnique({ where: { id: editionId }, select: editionColumns })
  return row ? toEditionRow(row) : null
}

/** An edition of a document that is or was published, by its number, or with `previews` one that is ready to be; null when there is none. */
export async function findEditionByNumber(
  tx: Tx,
  documentId: string,
  number: number,
  { previews = false } = {},
): Promise<EditionRow | null> {
  const row = await tx.edition.findFirst({
    where: {
      documentId,
      number,
      OR: previews ? [...wasPublished, { readyAt: { not: null } }] : wasPublished,
    },
    select: editionColumns,
  })
  return row ? toEditionRow(row) : null
}

/** The canonical text of an edition, put together from its blocks; null when it has none. */
export async function findCanonicalText(tx: Tx, editionId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ text: string | null }[]>`
    SELECT string_agg("text", E'\n' ORDER BY "index") AS "text" FROM "Block" WHERE "editionId" = ${editionId}`
  return rows[0]?.text ?? null
}

/** Where each block of an edition begins, in order. */
export async function listBlockStarts(tx: Tx, editionId: string): Promise<Int32Array> {
  const rows = await tx.$queryRaw<{ starts: number[] | null }[]>`
    SELECT array_agg("start" ORDER BY "index") AS starts FROM "Block" WHERE "editionId" = ${editionId}`
  return Int32Array.from(rows[0]?.starts ?? [])
}

/** The blocks with these indexes, in order. */
export async function listBlocksAt(tx: Tx, editionId: string, indexes: readonly number[]): Promise<Block[]> {
  const rows = await tx.block.findMany({
    where: { editionId, index: { in: [...indexes] } },
    orderBy: { index: 'asc' },
    omit: { editionId: true },
  })
  return rows.map(toBlock)
}

/** The blocks from `firstBlock` up to, not including, `endBlock`, in order. */
export async function listBlocks(
  tx: Tx,
  editionId: string,
  { firstBlock, endBlock }: { firstBlock: number; endBlock: number },
): Promise<Block[]> {
  const rows = await tx.block.findMany({
    where: { editionId, index: { gte: firstBlock, lt: endBlock } },
    orderBy: { index: 'asc' },
    omit: { editionId: true },
  })
  return rows.map(toBlock)
}

/** All headings of an edition in order: the blocks without a paragraph number. */
export async function listHeadings(tx: Tx, editionId: string): Promise<Block[]> {
  const rows = await tx.block.findMany({
    where: { editionId, number: null },
    orderBy: { index: 'asc' },
    omit: { editionId: true },
  })
  return rows.map(toBlock)
}

/** The index of the block that is cited as paragraph `number`, or null. */
export async function findBlockIndexByNumber(
  tx: Tx,
  editionId: string,
  number: number,
): Promise<number | null> {
  const row = await tx.block.findFirst({ where: { editionId, number }, select: { index: true } })
  return row?.index ?? null
}

/** The paragraph numbers at these offsets, one for each in the same order; null in a heading. */
export async function listParagraphNumbers(
  tx: Tx,
  editionId: string,
  offsets: readonly number[],
): Promise<(number | null)[]> {
  if (offsets.length === 0) return []
  const rows = await tx.$queryRaw<{ number: number | null }[]>`
    SELECT block."number"
    FROM unnest(${[...offsets]}::int[]) WITH ORDINALITY AS wanted("offset", "place")
    LEFT JOIN LATERAL (
      SELECT "number" FROM "Block"
      WHERE "editionId" = ${editionId} AND "start" <= wanted."offset"
      ORDER BY "start" DESC LIMIT 1
    ) AS block ON true
    ORDER BY wanted."place"`
  return rows.map((row) => row.number)
}

/** Where the printed page with this number begins first, or null. */
export async function findPageStart(tx: Tx, editionId: string, label: string): Promise<number | null> {
  const mark = { kind: 'page-start', label: label.replaceAll('\0', '') }
  const rows = await tx.$queryRaw<{ start: number }[]>`
    SELECT (mark->>'start')::int AS "start"
    FROM "Block", jsonb_array_elements("marks") AS mark
    WHERE "editionId" = ${editionId} AND "marks" @> ${JSON.stringify([mark])}::jsonb
      AND mark @> ${JSON.stringify(mark)}::jsonb
    ORDER BY "index" LIMIT 1`
  return rows[0]?.start ?? null
}

/** The works that an edition cites. */
export async function findCitedWorks(tx: Tx, editionId: string): Promise<readonly CitedWork[]> {
  const row = await tx.edition.findUnique({ where: { id: editionId }, select: { works: true } })
  return (row?.works ?? []) as unknown as readonly CitedWork[]
}

/** The original bytes of an edition. */
export async function readOriginal(tx: Tx, editionId: string): Promise<Uint8Array> {
  const chunks = await tx.originalChunk.findMany({
    where: { editionId },
    orderBy: { index: 'asc' },
    select: { bytes: true },
  })
  return Buffer.concat(chunks.map((chunk) => chunk.bytes))
}

/** What was published once stays readable, rolled back or not: words may have been marked in it. */
export const wasPublished: Prisma.EditionWhereInput[] = [
  { publishedAt: { not: null } },
  { rolledBackAt: { not: null } },
]

/** What is read of an edition wherever it is read. */
export const editionColumns = {
  id: true,
  documentId: true,
  number: true,
  format: true,
  fileName: true,
  contentType: true,
  length: true,
  blockCount: true,
  sections: true,
} as const satisfies Prisma.EditionSelect

type EditionColumns = Prisma.EditionGetPayload<{ select: typeof editionColumns }>
type BlockColumns = Omit<Prisma.BlockGetPayload<object>, 'editionId'>

// The JSON columns of an edition are written by this module alone and never changed, so they are what was written.
function toEditionRow(row: EditionColumns): EditionRow {
  return { ...row, sections: toSections(row.sections) }
}

/** The column `sections` as what was written in it. */
export function toSections(column: Prisma.JsonValue): readonly Section[] {
  return column as unknown as readonly Section[]
}

function toBlock(row: BlockColumns): Block {
  return {
    ...row,
    form: row.form as unknown as BlockForm,
    marks: row.marks as unknown as readonly InlineMark[],
    source: row.source as unknown as TextRange | null,
  }
}
