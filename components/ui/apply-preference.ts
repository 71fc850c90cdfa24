import { preferenceCookie, type TextSize, type Theme, textSizeCookie, themeCookie } from './preferences.ts'

/** Shows the page in this theme from now on, and keeps the choice. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  keep(preferenceCookie(themeCookie, theme))
}

/** Sets the text in this size from now on, and keeps the choice. */
export function applyTextSize(size: TextSize): void {
  document.documentElement.dataset.textSize = size
  keep(preferenceCookie(textSizeCookie, size))
}

function keep(cookie: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that people use
  document.cookie = cookie
}
