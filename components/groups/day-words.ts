const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** A day in words, `3 May 2026`: the same on the server and in every browser. */
export function dayWords(instant: string): string {
  return day.format(new Date(instant))
}
