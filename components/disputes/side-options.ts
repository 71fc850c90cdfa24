/** Which way evidence speaks, as a choice. */
export const sideOptions = [
  { value: 'for', label: 'for the position' },
  { value: 'against', label: 'against the position' },
] as const
