import type { ReactNode } from 'react'
import { useStore } from '#components/client/value-store.ts'
import { readAddress } from '#components/reader/read-address.ts'
import { useReader, useThreads } from '#components/reader/reader-context.ts'
import { Button } from '#components/ui/button.tsx'
import { isFiltering, noFilter } from './filter-threads.ts'
import styles from './margin.module.css'

const listed = new Intl.ListFormat('en', { style: 'long', type: 'conjunction' })

/** What the margin says when it has nothing to show, or cannot: loading, failed, offline, ended, empty, filtered. */
export function MarginState() {
  const { data, room, view } = useReader()
  const { all, shown } = useThreads()
  const phases = useStore(room.store, (state) => state.phases)
  const connections = useStore(room.store, (state) => state.connections)
  const isSignedOut = useStore(room.store, (state) => state.isSignedOut)
  const shownRooms = useStore(view, (state) => state.shownRooms)
  const filter = useStore(view, (state) => state.filter)
  const rooms = data.rooms.filter(({ name }) => shownRooms.has(name))
  const signIn = `/sign-in?callbackUrl=${encodeURIComponent(readAddress(data.document.slug))}`
  const failed = rooms.filter(({ name }) => phases.get(name) === 'failed')
  const ended = rooms.filter(({ name }) => connections.get(name)?.kind === 'ended')
  const isLost = rooms.some(({ name }) => connections.get(name)?.kind === 'lost')
  const isLoading = rooms.some(({ name }) => (phases.get(name) ?? 'loading') === 'loading')

  const reload = () => {
    for (const { name } of failed) room.reload(name)
  }

  if (isSignedOut)
    return (
      <Line face="trouble">
        You are signed out. <a href={signIn}>Sign in again</a> to go on; what is not saved stays here until
        you leave.
      </Line>
    )
  if (failed.length > 0)
    return (
      <Line face="trouble">
        The notes of {listed.format(failed.map(({ label }) => label))} could not be loaded.{' '}
        <Button look="plain" onClick={reload}>
          Try again
        </Button>
      </Line>
    )
  if (ended.length > 0)
    return (
      <Line face="trouble">
        {listed.format(ended.map(({ label }) => label))} {ended.length === 1 ? 'is' : 'are'} no longer open to
        you. <a href={location.href}>Load the page again</a>
      </Line>
    )
  if (isLost)
    return (
      <Line face="trouble">
        Offline. What you see may be old, and what you write is kept on this device: it is sent, and you see
        what is new, when the connection returns.
      </Line>
    )
  if (isLoading) return <Line>Loading the notes…</Line>
  if (data.rooms.length === 0)
    return data.me ? (
      <Line>No layer lies over this text for you.</Line>
    ) : (
      <Line>
        <a href={signIn}>Sign in</a> to write in the margin.
      </Line>
    )
  if (rooms.length === 0) return <Line>All layers are switched off.</Line>
  if (all.length > 0 && shown.length === 0 && isFiltering(filter))
    return (
      <Line>
        No note passes the filter.{' '}
        <Button look="plain" onClick={() => view.set({ filter: noFilter })}>
          Show all
        </Button>
      </Line>
    )
  if (all.length === 0)
    return (
      <Line>
        {data.rooms.some(({ mayWrite }) => mayWrite)
          ? 'Nothing in the margin yet. Select some words to write the first note.'
          : 'Nothing in the margin yet.'}
      </Line>
    )
  return null
}

function Line({ face, children }: { readonly face?: 'trouble'; readonly children: ReactNode }) {
  return (
    <div className={styles.state} data-face={face} role="status">
      {children}
    </div>
  )
}
