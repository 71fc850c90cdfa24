import type { Prisma } from './generated/client.ts'

/** A value of our own (readonly, without an index signature) as Prisma takes it for a JSON column. */
export function toJsonColumn(value: object): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(value))
}
