/**
 * The parts of pages that never change under their name: scripts, styles, faces of type. The build compresses them as
 * small as they get (`compressParts`); nothing is compressed anew for each reader.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import sirv from 'sirv'

/** Where browsers ask for them. */
export const partsPath = '/_next/static'
const yearInSeconds = 31_536_000
const compressible = /\.(js|css|svg|json|txt)$/

/** Answers a request for a part; calls `otherwise` for every other. */
export type ServePart = (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void

/** Serves the parts in `folder`, which must not change any more. */
export function createServePart(folder: string): ServePart {
  const serve = sirv(folder, { brotli: true, gzip: true, etag: true, immutable: true, maxAge: yearInSeconds })
  return (request, response, otherwise) => {
    const { url = '/' } = request
    if (!url.startsWith(`${partsPath}/`)) return otherwise()
    let isPart = true
    request.url = url.slice(partsPath.length)
    serve(request, response, () => {
      isPart = false
    })
    request.url = url
    if (!isPart) otherwise()
  }
}

/** Writes beside each part in `folder` that gains by it how it reads in Brotli and in gzip. */
export function compressParts(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !compressible.test(entry.name)) continue
    const file = path.join(entry.parentPath, entry.name)
    const bytes = readFileSync(file)
    writeFileSync(`${file}.br`, brotliCompressSync(bytes))
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }))
  }
}
