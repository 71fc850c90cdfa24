/** New editions of documents: previewed, published, rolled back, and what they do to the passages. */
import { AppError } from '#domain/app-error.ts'
import type { EditionService } from './services.ts'

/** The service over the editions of one database. */
export function createEditionService(): EditionService {
  const notYet = async (): Promise<never> => {
    throw new AppError('unavailable', 'New editions cannot be brought in yet.')
  }
  return {
    preview: notYet,
    list: notYet,
    report: notYet,
    publish: notYet,
    rollBack: notYet,
    discard: notYet,
    anchors: notYet,
    decide: notYet,
    compare: notYet,
    original: notYet,
  }
}
