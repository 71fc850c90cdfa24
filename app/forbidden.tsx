import type { Metadata } from 'next'
import { NotAllowed } from '#components/ui/closed-door.tsx'
import { PageHeader } from './page-header.tsx'

export const metadata: Metadata = { title: 'Not for you' }

/** What one may know of but not do, where the layout brings no header. */
export default function Forbidden() {
  return (
    <>
      <PageHeader />
      <NotAllowed />
    </>
  )
}
