import type { ReactNode } from 'react'
import { PageHeader } from '../page-header.tsx'

/** Pages with the header of the house; the reader has its own. */
export default function SiteLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader />
      {children}
    </>
  )
}
