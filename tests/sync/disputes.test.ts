import { expect, test } from 'vitest'
import { positionOf } from '#tests/factories/dispute.ts'
import { until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor } = world.people
const { services } = world.server
const { disputes } = services

const aDisputeHere = async () => {
  const { id } = await world.thread()
  const raised = await disputes.raise(reader, id, { question: 'Does it mind?' })
  const dispute = await disputes.addPosition(reader, raised.id, { statement: 'It minds.' })
  return { dispute, position: positionOf(dispute, 1) }
}

test('a stance is heard of in the margin at once, with nothing of what is held', async () => {
  const { dispute, position } = await aDisputeHere()
  const ben = await world.client(instructor, world.marginName)
  await ben.synced()
  const stance = { positions: [{ id: position, weight: 1 }], reason: 'A secret reason.' }
  const { version } = await disputes.takeStance(reader, dispute.id, stance)
  const heard = () =>
    ben.heard.feed.find(
      (event) => event.kind === 'thread.changed' && event.thread.dispute?.version === version,
    )
  await until(() => heard() !== undefined, 'the dispute’s new version')
  expect(JSON.stringify(heard())).not.toContain('A secret reason.')
})

test('who gives up a position reads its note on, and writes in it no more', async () => {
  const { dispute, position } = await aDisputeHere()
  const hold = (weight: number) => ({ positions: weight > 0 ? [{ id: position, weight }] : [], reason: '' })
  await disputes.takeStance(reader, dispute.id, hold(1))
  await disputes.takeStance(instructor, dispute.id, hold(1))
  const anna = await world.client(reader, `note/${position}`)
  const ben = await world.client(instructor, `note/${position}`)
  await Promise.all([anna.synced(), ben.synced()])
  ben.write('together')
  await until(() => anna.text().includes('together'), 'what the other holder wrote')
  await disputes.takeStance(instructor, dispute.id, hold(0))
  await until(() => ben.heard.denied.length > 0, 'him to be told')
  ben.write('too late')
  anna.write('alone')
  await until(() => ben.text().includes('alone'), 'the words to arrive')
  expect(anna.text()).not.toContain('too late')
  // It may be told to come back, and is not sent away for good.
  expect(ben.heard.closed.filter((code) => code < 4500)).toEqual([])
})
