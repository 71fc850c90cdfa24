/** What is wrong with an input, field by field, for people and for programs. */
import type { z } from 'zod'
import { AppError } from '#domain/app-error.ts'

/** One thing that is wrong; `path` is dotted (`passages.0.start`), empty for the input as a whole. */
export interface FieldError {
  readonly path: string
  readonly message: string
}

/** The value as the schema makes it. Throws `unprocessable` with `errors` that name each wrong or unknown field. */
export function checkInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw unprocessable(toFieldErrors(parsed.error.issues))
}

/** The error for an input with these faults. */
export function unprocessable(errors: readonly FieldError[]): AppError {
  const first = errors[0]
  const where = first?.path ? `${first.path}: ` : ''
  return new AppError('unprocessable', `${where}${first?.message ?? 'This cannot be understood.'}`, {
    errors,
  })
}

/** Faults by field. Of a union, those of the alternative that comes nearest: the one with the fewest. */
export function toFieldErrors(issues: readonly z.core.$ZodIssue[], at: PropertyKey[] = []): FieldError[] {
  return issues.flatMap((issue) => {
    const path = [...at, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => fieldError([...path, key], 'is not a known field'))
    }
    if (issue.code === 'invalid_union') {
      const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0]
      if (nearest && nearest.length > 0) return toFieldErrors(nearest, path)
    }
    return [fieldError(path, issue.message)]
  })
}

const fieldError = (path: readonly PropertyKey[], message: string): FieldError => ({
  path: path.map(String).join('.'),
  message,
})
