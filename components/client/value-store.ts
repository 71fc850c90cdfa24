import { useSyncExternalStore } from 'react'

/** An immutable value that components watch; each re-renders only when the part it selects changes. */
export interface ValueStore<Value> {
  get(): Value
  /** Replaces some members of the value. */
  set(change: Partial<Value>): void
  subscribe(listener: () => void): () => void
}

/** Makes a store that holds `initial`. */
export function createStore<Value extends object>(initial: Value): ValueStore<Value> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (change) => {
      const names = Object.keys(change)
      if (names.every((name) => Reflect.get(value, name) === Reflect.get(change, name))) return
      value = { ...value, ...change }
      for (const listener of [...listeners]) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The selected part of a store's value. `select` must give the same object as long as nothing changed. */
export function useStore<Value, Part>(store: ValueStore<Value>, select: (value: Value) => Part): Part {
  const read = () => select(store.get())
  return useSyncExternalStore(store.subscribe, read, read)
}
