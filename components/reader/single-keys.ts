const keysSwitch = 'postil-keys'

/** Whether single keys do something; people who speak to their computer switch them off. */
export const areKeysOn = () => localStorage.getItem(keysSwitch) !== 'off'

/** Keeps that choice in this browser. */
export function switchKeys(on: boolean): void {
  localStorage.setItem(keysSwitch, on ? 'on' : 'off')
}

/** Whether a key goes to something that takes letters itself. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  )
}
