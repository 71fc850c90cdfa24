/** The list with the item at `from` moved to `to`; the same list when either lies outside of it. */
export function moveReading<Item>(list: readonly Item[], from: number, to: number): readonly Item[] {
  const moved = list[from]
  if (moved === undefined || to < 0 || to >= list.length || from === to) return list
  const rest = list.toSpliced(from, 1)
  return rest.toSpliced(to, 0, moved)
}
