import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { readFrame, writeAwareness, writeAwarenessQuery } from '#components/client/awareness-frames.ts'

describe('awareness frames', () => {
  it('are understood by y-protocols', () => {
    const state = { at: 120, writingIn: null }
    const frame = writeAwareness([{ clientId: 4294967295, clock: 3, state }])
    const awareness = new Awareness(new Y.Doc())
    // Message type and length come before the update; both take one byte here.
    applyAwarenessUpdate(awareness, frame.subarray(2), null)
    expect(awareness.getStates().get(4294967295)).toEqual(state)
    awareness.destroy()
  })

  it('are read as y-protocols writes them', () => {
    const awareness = new Awareness(new Y.Doc())
    awareness.setLocalState({ user: { id: 'u', name: 'Ann 🌿', color: '#123456' }, at: 7, writingIn: 't' })
    const frame = encoding.createEncoder()
    encoding.writeVarUint(frame, 1)
    encoding.writeVarUint8Array(frame, encodeAwarenessUpdate(awareness, [awareness.clientID]))
    expect(readFrame(encoding.toUint8Array(frame))).toEqual({
      kind: 'awareness',
      entries: [{ clientId: awareness.clientID, clock: 1, state: awareness.getLocalState() }],
    })
    awareness.destroy()
  })

  it('pass on the event of a feed frame', () => {
    const frame = encoding.createEncoder()
    encoding.writeVarUint(frame, 4)
    encoding.writeVarString(frame, JSON.stringify({ kind: 'reset', seq: 1, epoch: 'e' }))
    expect(readFrame(encoding.toUint8Array(frame))).toEqual({
      kind: 'feed',
      event: { kind: 'reset', seq: 1, epoch: 'e' },
    })
  })

  it('know a question from an answer, and leave the rest alone', () => {
    expect(readFrame(writeAwarenessQuery())).toEqual({ kind: 'query-awareness' })
    expect(readFrame(new Uint8Array([0, 0, 1, 0]))).toEqual({ kind: 'other' })
  })
})
