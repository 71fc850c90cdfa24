const inWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** The day of an instant, in words; the same on the server and in the browser, so counted in UTC. */
export function CalendarDate({ instant }: { readonly instant: string }) {
  return <time dateTime={instant}>{inWords.format(Date.parse(instant))}</time>
}
