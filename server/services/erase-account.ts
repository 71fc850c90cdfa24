/** Deleting an account. */
import { AppError } from '#domain/app-error.ts'
import { eraseSomePrivateThreads, listSolelyOwned, makeFormer } from '../db/erase-account.ts'
import { keepAnAdministrator } from './administer-accounts.ts'
import type { ServiceContext } from './context.ts'
import { recordAct } from './record-act.ts'

/**
 * Deletes the account of a person. What they wrote to others stays, by "Former reader". Throws `conflict`, before
 * anything is gone, while a group or the server would be left without anyone to lead it.
 */
export async function eraseAccount(context: ServiceContext, userId: string): Promise<void> {
  const { database, now } = context
  const refuseWhileNeeded = async (tx: Parameters<typeof listSolelyOwned>[0]) => {
    await keepAnAdministrator(tx, userId)
    const led = (await listSolelyOwned(tx, userId)).filter(({ hasOthers }) => hasOthers)
    if (led.length === 0) return
    const names = led.map(({ name }) => `“${name}”`).join(', ')
    throw new AppError('conflict', `Make somebody else an owner first, of ${names}.`, {
      groups: led.map(({ id }) => id),
    })
  }
  await database.transaction(refuseWhileNeeded)
  while (await eraseSomePrivateThreads(database.db, userId)) {
    // The next batch.
  }
  await database.transaction(async (tx) => {
    await refuseWhileNeeded(tx)
    await makeFormer(tx, userId, now())
    await recordAct(context, tx, { kind: 'account.deleted', actorId: userId, subjectId: userId })
  })
}
