import { readFileSync } from 'node:fs'
import { type ImportedSource, type ImportRequest, importSource } from '#server/import/import-source.ts'

const encoder = new TextEncoder()

/** Imports a file of the fixtures folder. */
export function importFixture(name: string): Promise<ImportedSource> {
  const bytes = readFileSync(new URL(`./fixtures/${name}`, import.meta.url))
  return importSource({ bytes, fileName: name })
}

/** Imports a text. */
export function importText(
  text: string,
  request: Omit<ImportRequest, 'bytes'> = { format: 'txt' },
): Promise<ImportedSource> {
  return importSource({ ...request, bytes: encoder.encode(text) })
}

/** Blocks as `kind: text`, which is quick to read and to compare. */
export function outline({ edition }: ImportedSource): string[] {
  return edition.blocks.map(({ form, text }) => {
    const depth = 'depth' in form && form.depth ? form.depth : ''
    const ordinal = form.kind === 'list-item' && form.ordinal !== null ? `#${form.ordinal}` : ''
    const level = form.kind === 'heading' ? form.level : ''
    return `${form.kind}${level}${depth}${ordinal}: ${text}`
  })
}
