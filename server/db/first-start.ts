import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'

/**
 * Watches over the first start of an embedded database whose files are in `dataFolder`: if it is killed before the
 * migrations are applied, what it left cannot be gone on with, and nobody has written anything yet; so the next start
 * begins over. Resolves with what is to be called when the database can be used.
 */
export async function watchFirstStart(dataFolder: string): Promise<() => Promise<void>> {
  const mark = `${dataFolder}-unfinished`
  if (existsSync(mark)) await rm(dataFolder, { recursive: true, force: true })
  if (!existsSync(dataFolder)) await writeFile(mark, '')
  return () => rm(mark, { force: true })
}
