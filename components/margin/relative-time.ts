const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

// Made once: making one takes longer than setting the rest of a card.
const dayAndMonth = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' })
const dayMonthAndYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' })
const exactly = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short' })

/** When something was, as people say it beside a note: “now”, “5 min”, “3 h”, “yesterday”, then the date. */
export function relativeTime(instant: string, now: number): string {
  const at = Date.parse(instant)
  const agoMs = now - at
  if (agoMs < minuteMs) return 'now'
  if (agoMs < hourMs) return `${Math.floor(agoMs / minuteMs)} min`
  if (agoMs < dayMs) return `${Math.floor(agoMs / hourMs)} h`
  if (agoMs < 2 * dayMs) return 'yesterday'
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return (isThisYear ? dayAndMonth : dayMonthAndYear).format(at)
}

/** The whole instant, for whoever asks exactly. */
export function exactTime(instant: string): string {
  return exactly.format(Date.parse(instant))
}
