import { expect } from 'vitest'

/** An expectation that is looked at again until it holds; what two browsers and a server agree on takes a moment. */
export const eventually = <T>(look: () => T | Promise<T>) =>
  expect.poll(look, { timeout: 30_000, interval: 100 })
