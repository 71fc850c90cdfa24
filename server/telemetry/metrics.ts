/**
 * What is counted of a running server, for Prometheus. Names and labels here are the whole vocabulary: a label takes
 * its values from a fixed list or from the route table, never from what somebody sent, so that no id, no name and no
 * word of a note can come out of it, and the number of series is bounded.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { SyncGauges, SyncMetrics } from '../sync/sync-metrics.ts'

/** Work that waits its turn. */
export interface QueueLength {
  readonly running: number
  readonly waiting: number
}

/** The counters of one server. */
export interface Metrics {
  readonly sync: SyncMetrics
  /** Counts an answered request. `route` is a pattern of the route table. */
  answered(request: { method: string; route: string; status: number; seconds: number }): void
  /** Says where the length of the import queue is read when somebody looks. */
  watchImports(read: () => QueueLength): void
  /** Everything in Prometheus's text format. */
  toText(): Promise<string>
  readonly contentType: string
}

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15]
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Counters that begin at zero; `withProcess` adds those of Node: event loop lag, memory, CPU, garbage collection. */
export function createMetrics({ withProcess }: { withProcess: boolean }): Metrics {
  const registry = new Registry()
  if (withProcess) collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'postil_http_request_seconds',
    help: 'Requests that were answered, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: secondsBuckets,
    registers: [registry],
  })
  return {
    sync: syncMetrics(registry),
    answered({ method, route, status, seconds }) {
      requests.observe(
        { method: methods.has(method) ? method : 'other', route, status: String(status) },
        seconds,
      )
    },
    watchImports(read) {
      gauge(registry, 'postil_imports', 'Imports by what they do', 'state', () => ({ ...read() }))
    },
    toText: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

function syncMetrics(registry: Registry): SyncMetrics {
  const count = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers: [registry] })
  const received = count('postil_sync_updates_received_total', 'Changes to notes that clients sent')
  const committed = count('postil_sync_updates_committed_total', 'Changes to notes that are in the database')
  const failed = count('postil_sync_saves_failed_total', 'Saves that failed and are tried again')
  const closed = count(
    'postil_sync_closed_total',
    'Connections and channels the server ended, by cause',
    'cause',
  )
  const refused = count('postil_sync_refused_total', 'Connections and channels that were refused', 'status')
  const denied = count('postil_sync_denied_total', 'Frames of people who may not write')
  const feed = count('postil_feed_events_total', 'Events that were handed to margins')
  const saves = new Histogram({
    name: 'postil_sync_save_seconds',
    help: 'How long saving one group of changes took',
    buckets: secondsBuckets,
    registers: [registry],
  })
  return {
    received: () => received.inc(),
    saved(updates, seconds) {
      committed.inc(updates)
      saves.observe(seconds)
    },
    saveFailed: () => failed.inc(),
    closed: (cause) => closed.inc({ cause }),
    refused: (status) => refused.inc({ status: String(status) }),
    denied: () => denied.inc(),
    feedEvents: (events) => feed.inc(events),
    watch(read) {
      const of = (pick: (gauges: SyncGauges) => Readonly<Record<string, number>>) => () => pick(read())
      gauge(
        registry,
        'postil_sync_rooms',
        'Rooms that are open',
        'kind',
        of(({ rooms }) => rooms),
      )
      gauge(
        registry,
        'postil_sync_documents',
        'Open notes that are held as documents, because somebody writes in them',
        null,
        of(({ documents }) => ({ '': documents })),
      )
      gauge(
        registry,
        'postil_sync_connections',
        'Open sockets',
        null,
        of(({ sockets }) => ({ '': sockets })),
      )
      gauge(
        registry,
        'postil_sync_seats',
        'Clients in rooms',
        null,
        of(({ seats }) => ({ '': seats })),
      )
      gauge(
        registry,
        'postil_sync_unsaved',
        'Changes to notes that are not in the database yet',
        'unit',
        of(({ unsaved }) => unsaved),
      )
      gauge(
        registry,
        'postil_sync_outgoing_bytes',
        'What sockets have not passed on',
        null,
        of(({ outgoingBytes }) => ({ '': outgoingBytes })),
      )
    },
  }
}

/** A gauge that is read when somebody looks; `label` null: it has one value, under ''. */
function gauge(
  registry: Registry,
  name: string,
  help: string,
  label: string | null,
  read: () => Readonly<Record<string, number>>,
): void {
  new Gauge({
    name,
    help,
    labelNames: label === null ? [] : [label],
    registers: [registry],
    collect() {
      for (const [value, amount] of Object.entries(read())) {
        if (label === null) this.set(amount)
        else this.set({ [label]: value }, amount)
      }
    },
  })
}
