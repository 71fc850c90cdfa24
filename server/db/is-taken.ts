import { Prisma } from './generated/client.ts'

/** Whether a write failed because a row with this id (or another value that is unique) is there already. */
export function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}
