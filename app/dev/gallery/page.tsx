import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Gallery } from '#components/ui/gallery.tsx'

export const metadata: Metadata = { title: 'Gallery' }

/** Each part of the interface in each of its states, for eyes and for tests. Absent in production. */
export default function GalleryPage() {
  if (process.env.NODE_ENV === 'production') notFound()
  return <Gallery />
}
