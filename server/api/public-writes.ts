/** Paths that may be posted to without a sign-in: what is sent there proves itself by a secret, or asks for one. */
export const publicWrites: ReadonlySet<string> = new Set([
  '/api/v1/setup',
  '/api/v1/setup/backup',
  '/api/v1/invitations/look',
  '/api/v1/invitations/join',
  '/api/v1/password-resets',
  '/api/v1/password-resets/use',
  '/api/v1/email-changes/confirm',
])
