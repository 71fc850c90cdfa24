import { notFound } from 'next/navigation'

/** A parameter of a page's path as it was meant: Next hands it on as it stands in the address, percent-encoded. */
export function fromPath(parameter: string): string {
  try {
    return decodeURIComponent(parameter)
  } catch {
    notFound()
  }
}
