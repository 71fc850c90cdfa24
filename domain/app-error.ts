/** The one kind of error that means "this was expected": a code, a sentence for people, and details for programs. */

export type ErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'unprocessable'
  | 'conflict'
  | 'ambiguous-quote'
  | 'quote-mismatch'
  | 'stale'
  | 'precondition-required'
  | 'too-large'
  | 'unsupported-format'
  | 'too-many-requests'
  | 'unavailable'

/** An expected failure. `message` is shown to people: one line, no stack, no secrets. */
export class AppError extends Error {
  override readonly name = 'AppError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Further members of the problem document, such as `candidates` or `errors`. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
  }
}
