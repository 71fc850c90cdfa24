// Where a thread begins: plain JavaScript, so that Node can load it before it can load TypeScript.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.entry)
