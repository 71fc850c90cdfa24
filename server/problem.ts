/** Expected failures as RFC 9457 problem details: what is said over HTTP, by the API and to a socket that is refused. */
import type { AppError, ErrorCode } from '#domain/app-error.ts'
import type { Problem } from '#domain/wire/shared.ts'

/** The HTTP status of each code. */
const statusOf: Readonly<Record<ErrorCode, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  invalid: 400,
  unprocessable: 422,
  conflict: 409,
  'ambiguous-quote': 409,
  'quote-mismatch': 409,
  stale: 412,
  'precondition-required': 428,
  'too-large': 413,
  'unsupported-format': 415,
  'too-many-requests': 429,
  unavailable: 503,
}

const titles: Readonly<Record<ErrorCode, string>> = {
  unauthenticated: 'Sign in first',
  forbidden: 'Not allowed',
  'not-found': 'Not found',
  invalid: 'Malformed request',
  unprocessable: 'Not acceptable as it is',
  conflict: 'Conflict',
  'ambiguous-quote': 'The quote stands in several places',
  'quote-mismatch': 'The quote is not what stands there',
  stale: 'Changed in the meantime',
  'precondition-required': 'Say which version you saw',
  'too-large': 'Too large',
  'unsupported-format': 'Unsupported format',
  'too-many-requests': 'Too many requests',
  unavailable: 'Not available now',
}

/** The problem document of an expected failure. */
export function toProblem(error: AppError): Problem {
  return {
    ...error.details,
    type: `urn:postil:problem:${error.code}`,
    title: titles[error.code],
    status: statusOf[error.code],
    detail: error.message,
    code: error.code,
  }
}
