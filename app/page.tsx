import { services } from '#server/accessor.ts'

export const dynamic = 'force-dynamic'

export default async function CorpusPage() {
  return <main id="main">{typeof services}</main>
}
