/**
 * What of an error may stand in a log. Messages of some errors quote what was being worked on: Prisma's the arguments
 * of a call, the JSON parser's the text, PostgreSQL's the row. Of those only kind, code and place are kept.
 */

/** An error as it is logged. */
export interface SafeError {
  readonly type: string
  readonly code?: string
  /** Absent when it may quote somebody's words. */
  readonly message?: string
  /** Where it was thrown; no messages. */
  readonly stack?: string
  readonly cause?: SafeError
}

const quoting = /^Prisma|^SyntaxError$|^URIError$|^DriverAdapterError$|^ZodError$|^DatabaseError$|^error$/i
const maxCauses = 3

/** Takes out of an error what may be logged. */
export function toSafeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as { code?: unknown }
  const places = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  // PostgreSQL's errors are told by their severity, whatever class carries them.
  const mayQuote = quoting.test(error.name) || quoting.test(error.constructor.name) || 'severity' in error
  return {
    type: error.constructor.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
    ...(!mayQuote && { message: error.message }),
    ...(places && places.length > 0 && { stack: places.join('\n') }),
    ...(error.cause !== undefined && depth < maxCauses && { cause: toSafeError(error.cause, depth + 1) }),
  }
}
