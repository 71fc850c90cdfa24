/** Lines of a gzip file, one after another; a line longer than `longestLine` bytes is refused before it fills the memory. */
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** Four times the longest that a row may become today: an original's piece of 1 MiB in base64, or a note's states. */
const longestLine = 64 * 1024 * 1024

/** Lines with the line feed they end with. Node's `readline` would also end lines where JSON does not. */
export async function* readLines(file: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const unpacked = createGunzip()
  let read = 0
  const source = createReadStream(file)
  source.on('data', (chunk) => {
    read += chunk.length
    onBytes(read)
  })
  // What fails on the way is thrown where `unpacked` is read.
  pipeline(source, unpacked, () => {})
  let begun: Buffer[] = []
  let begunBytes = 0
  for await (const chunk of unpacked as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      yield Buffer.concat([...begun, chunk.subarray(start, end + 1)])
      begun = []
      begunBytes = 0
      start = end + 1
    }
    begun.push(chunk.subarray(start))
    begunBytes += chunk.length - start
    if (begunBytes > longestLine) throw new RangeError('a line is too long')
  }
  if (begunBytes > 0) yield Buffer.concat(begun)
}
