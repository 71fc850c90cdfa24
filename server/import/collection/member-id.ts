import { createHash } from 'node:crypto'

/**
 * The id of the document at a place (from 0) among the texts of a collection that has an id: always the same, so that
 * a collection sent again makes no second document. A UUID of version 8, as RFC 9562 has them for ids of one's own making.
 */
export function memberId(collectionId: string, place: number): string {
  const bytes = createHash('sha256').update(`${collectionId}/${place}`).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
