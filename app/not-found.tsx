import type { Metadata } from 'next'
import { NothingHere } from '#components/ui/closed-door.tsx'
import { PageHeader } from './page-header.tsx'

export const metadata: Metadata = { title: 'Not found' }

/** What does not exist or may not be read, where the layout brings no header. */
export default function NotFound() {
  return (
    <>
      <PageHeader />
      <NothingHere />
    </>
  )
}
