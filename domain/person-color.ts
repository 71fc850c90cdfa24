/** The colour that a person's caret, face and highlights have everywhere, told by their id alone. */

/** Dark enough for white letters on them, and far enough apart for a group of ten. */
const colors = [
  '#a8431f',
  '#1f6f8b',
  '#5b7f1f',
  '#8a3b78',
  '#3d5ba9',
  '#946200',
  '#1d7a5f',
  '#b03a55',
  '#6a51a3',
  '#4f6d7a',
] as const

/** A CSS colour; the same for the same person always. */
export function personColor(userId: string): string {
  let hash = 0
  for (const letter of userId) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0
  return colors[hash % colors.length] ?? colors[0]
}
