import { describe, expect, it } from 'vitest'
import { createTurns } from '#server/services/turns.ts'

/** Work that ends when it is told to. */
function aTask(name: string, log: string[]) {
  const { promise, resolve, reject } = deferred()
  const run = async () => {
    log.push(name)
    await promise
  }
  return { run, end: resolve, fail: reject }
}

function deferred() {
  let resolve = () => {}
  let reject = (_: Error) => {}
  const promise = new Promise<void>((keep, break_) => {
    resolve = keep
    reject = break_
  })
  return { promise, resolve, reject }
}

describe('taking turns', () => {
  it('runs so many at once, and the others in the order they came', async () => {
    const turns = createTurns(2)
    const begun: string[] = []
    const tasks = ['a', 'b', 'c', 'd'].map((name) => aTask(name, begun))
    const taken = tasks.map(({ run }) => turns.take(run))
    expect(begun).toEqual(['a', 'b'])
    tasks[1]?.end()
    await taken[1]
    expect(begun).toEqual(['a', 'b', 'c'])
    for (const task of tasks) task.end()
    await Promise.all(taken)
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
  })

  it('passes the turn on from work that fails', async () => {
    const turns = createTurns(1)
    const begun: string[] = []
    const first = aTask('first', begun)
    const failing = turns.take(first.run)
    const next = turns.take(async () => 'next')
    first.fail(new Error('broken'))
    await expect(failing).rejects.toThrow('broken')
    expect(await next).toBe('next')
  })

  it('does not begin what was ended while it waited, and goes on to the next', async () => {
    const turns = createTurns(1)
    const begun: string[] = []
    const first = aTask('first', begun)
    const ending = new AbortController()
    const taken = turns.take(first.run)
    const ended = turns.take(aTask('ended', begun).run, ending.signal)
    const last = turns.take(async () => 'last')
    ending.abort(new Error('enough'))
    first.end()
    await expect(ended).rejects.toThrow('enough')
    expect(await last).toBe('last')
    await taken
    expect(begun).toEqual(['first'])
  })
})
