import { AppError } from '#domain/app-error.ts'

/** Whoever comes with a setup link that leads nowhere, or not any more, is told so. */
export const invalidSetupLink = () =>
  new AppError('not-found', 'This setup link is not valid, or not any more.')
