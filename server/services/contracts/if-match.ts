/** What `PATCH` and `DELETE` were told in `If-Match`: the version last seen, or null when the header is absent. */
export type IfMatch = number | null
