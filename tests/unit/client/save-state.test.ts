import { describe, expect, it } from 'vitest'
import { isSaved, nextSaveState, type SaveEvent, untouched } from '#components/client/save-state.ts'

const stateAfter = (...events: SaveEvent[]) => events.reduce(nextSaveState, untouched)
const opened: SaveEvent[] = [{ kind: 'opened' }, { kind: 'sent-step-2' }, { kind: 'saved', count: 1 }]

describe('save state', () => {
  it('is saved once the server has committed every frame that was sent', () => {
    const typed = stateAfter(...opened, { kind: 'typed', wasSent: true }, { kind: 'sent-update' })
    expect(isSaved(typed)).toBe(false)
    expect(isSaved(nextSaveState(typed, { kind: 'saved', count: 2 }))).toBe(true)
  })

  it('is not saved while the server has committed only some of the frames', () => {
    const state = stateAfter(
      ...opened,
      { kind: 'sent-update' },
      { kind: 'sent-update' },
      { kind: 'saved', count: 2 },
    )
    expect(isSaved(state)).toBe(false)
  })

  it('is not saved by what was typed without a connection, until a step 2 carried it and was committed', () => {
    const offline = stateAfter(...opened, { kind: 'lost' }, { kind: 'typed', wasSent: false })
    expect(isSaved(offline)).toBe(false)
    const reconnected = nextSaveState(offline, { kind: 'opened' })
    expect(isSaved(reconnected)).toBe(false)
    const sent = nextSaveState(reconnected, { kind: 'sent-step-2' })
    expect(isSaved(sent)).toBe(false)
    expect(isSaved(nextSaveState(sent, { kind: 'saved', count: 1 }))).toBe(true)
  })

  it('forgets no frame that was under way when the connection was lost', () => {
    const state = stateAfter(...opened, { kind: 'sent-update' }, { kind: 'lost' })
    expect(isSaved(state)).toBe(false)
  })

  it('stays saved when the connection is lost after everything was committed', () => {
    expect(isSaved(stateAfter(...opened, { kind: 'lost' }))).toBe(true)
  })

  it('does not count what an earlier connection committed', () => {
    const state = stateAfter(...opened, { kind: 'lost' }, { kind: 'opened' }, { kind: 'sent-step-2' })
    expect(isSaved(state)).toBe(false)
  })

  it('is not saved when the server says it could not store', () => {
    const refused = stateAfter(...opened, { kind: 'sent-update' }, { kind: 'unsaved', reason: 'disk full' })
    expect(refused.refused).toBe('disk full')
    expect(isSaved(refused)).toBe(false)
    expect(isSaved(nextSaveState(refused, { kind: 'saved', count: 2 }))).toBe(true)
  })

  it('keeps why the connection ended for good', () => {
    expect(stateAfter(...opened, { kind: 'ended', code: 4403, reason: 'removed' }).ended).toEqual({
      code: 4403,
      reason: 'removed',
    })
  })
})
