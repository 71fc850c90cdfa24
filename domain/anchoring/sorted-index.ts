/** The first index whose value is at least `value`, in an array that never decreases; its length where there is none. */
export function sortedIndex(sorted: Uint32Array | Int32Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
