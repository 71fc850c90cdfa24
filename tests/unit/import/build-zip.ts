/** Archives for tests, whole and hostile, written by hand so that they can say what is not so. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipOptions {
  /** The file that is not compressed. */
  readonly stored?: string
  readonly isEncrypted?: boolean
  /** What every file says is its size, unpacked. */
  readonly claimedSize?: number
  /** The file that is a symbolic link. */
  readonly link?: string
}

/** A ZIP of files by their path, in order. */
export function buildZip(
  files: Readonly<Record<string, string | Uint8Array>>,
  { stored, isEncrypted = false, claimedSize, link }: ZipOptions = {},
): Uint8Array {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [path, content] of Object.entries(files)) {
    const name = Buffer.from(path)
    const bytes = Buffer.from(content)
    const isStored = path === stored
    const data = isStored ? bytes : deflateRawSync(bytes, { level: 1 })
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(isEncrypted ? 1 : 0, 2)
    common.writeUInt16LE(isStored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(claimedSize ?? bytes.length, 18)
    common.writeUInt16LE(name.length, 22)
    const place = Buffer.alloc(14)
    if (path === link) place.writeUInt32LE((0o120777 << 16) >>> 0, 6)
    place.writeUInt32LE(offset, 10)
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, name)
    const local = [Buffer.from('PK\x03\x04', 'latin1'), common, name, data]
    locals.push(...local)
    offset += local.reduce((sum, { length }) => sum + length, 0)
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  const count = Object.keys(files).length
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...locals, directory, end]))
}
