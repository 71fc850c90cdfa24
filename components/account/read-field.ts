/** What was written into a field of a form; empty when there is no such field. */
export function readField(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}
