import type { Visibility } from '#domain/policy/subjects.ts'

/** Who may open a document, in words: on its line in the corpus, and where it is chosen. */
export const visibilityWords: Readonly<
  Record<Visibility, { readonly label: string; readonly says: string }>
> = {
  group: { label: 'Groups', says: 'The groups that have it on their reading list.' },
  'signed-in': { label: 'Signed in', says: 'Everyone with an account here.' },
  public: { label: 'Public', says: 'Everyone, without an account.' },
}
