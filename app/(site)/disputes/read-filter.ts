import { type DisputeFilter, disputeFilter } from '#domain/wire/dispute-requests.ts'

/** The search of a page's address. */
export type Search = Readonly<Record<string, string | string[] | undefined>>

/** The filter that an address names; what is empty or makes no sense is left out. */
export function readFilter(search: Search): DisputeFilter {
  const wanted: Record<string, string> = {}
  for (const [name, value] of Object.entries(search)) {
    const field = Reflect.get(disputeFilter.shape, name)
    if (field && typeof value === 'string' && value !== '' && field.safeParse(value).success)
      wanted[name] = value
  }
  return disputeFilter.parse(wanted)
}
