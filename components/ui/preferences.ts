/**
 * How a person likes to read: theme and text size. Kept in cookies, so that the server sets them on `<html>` and
 * the page never flashes in the wrong colours, with or without an account.
 */

/** `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark'
export type TextSize = 'small' | 'medium' | 'large' | 'largest'

export interface Preferences {
  readonly theme: Theme
  readonly textSize: TextSize
}

/** All choices, in the order they are offered. */
export const themes = ['system', 'light', 'dark'] as const satisfies readonly Theme[]
/** All choices, from the smallest. */
export const textSizes = ['small', 'medium', 'large', 'largest'] as const satisfies readonly TextSize[]

export const themeCookie = 'postil-theme'
export const textSizeCookie = 'postil-text-size'

const aYearSeconds = 365 * 24 * 3600

/** The preferences that the cookies hold; what is missing or unknown is the default. */
export function readPreferences(cookieValue: (cookie: string) => string | undefined): Preferences {
  const theme = cookieValue(themeCookie)
  const textSize = cookieValue(textSizeCookie)
  return {
    theme: themes.find((known) => known === theme) ?? 'system',
    textSize: textSizes.find((known) => known === textSize) ?? 'medium',
  }
}

/** A `document.cookie` assignment that keeps one preference for a year. */
export function preferenceCookie(name: typeof themeCookie | typeof textSizeCookie, value: string): string {
  return `${name}=${value}; path=/; max-age=${aYearSeconds}; samesite=lax`
}
