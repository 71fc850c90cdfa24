/**
 * Whether something of an account is kept in this browser, known without opening its database: a page with unsent words
 * sends them at once, any other leaves what sends them until it has settled.
 */
const keyOf = (accountId: string) => `postil-kept-${accountId}`

/** Whether something may be kept. A browser that keeps nothing says no. */
export function hasKept(accountId: string): boolean {
  try {
    return localStorage.getItem(keyOf(accountId)) !== null
  } catch {
    return false
  }
}

/** Remembers whether something is kept. */
export function flagKept(accountId: string, isKept: boolean): void {
  try {
    if (isKept) localStorage.setItem(keyOf(accountId), '1')
    else localStorage.removeItem(keyOf(accountId))
  } catch {
    // Then it is found when the page has settled.
  }
}
