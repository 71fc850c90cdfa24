/** How long from now, as one says it: "in 40 seconds", "in 14 minutes". Never less than it is. */
export function waitWords(seconds: number): string {
  if (seconds < 100) return `in ${seconds === 1 ? 'a second' : `${seconds} seconds`}`
  return `in ${Math.ceil(seconds / 60)} minutes`
}
