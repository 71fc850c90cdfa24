/**
 * `npm run demo`: builds if need be, starts the server on this machine alone, and on the first start brings in the
 * sample corpus and sample people. A later start finds everything as it was left.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded } from './build.ts'
import { ConfigError, readConfig } from './config.ts'

/** Who can sign in to the demo; all have the same password. */
const people = [
  { email: 'helen@example.org', name: 'Helen Marsh', role: 'owner', says: 'instructor, administrator' },
  { email: 'anna@example.org', name: 'Anna Lindqvist', role: 'reader', says: 'reader' },
  { email: 'bo@example.org', name: 'Bo Okafor', role: 'reader', says: 'reader' },
] as const
const password = 'read together'
const sampleFolder = fileURLToPath(new URL('../prisma/sample', import.meta.url))
const samples = ['report-on-the-weir.txt', 'the-weir-betrayed.md', 'an-answer-to-a-ratepayer.html']

Object.assign(process.env, { NODE_ENV: 'production' })
const { host } = readConfigOrExit()
if (!['127.0.0.1', 'localhost', '::1'].includes(host)) {
  console.error('HOST: the demo has passwords that everyone knows, so it serves 127.0.0.1 only')
  process.exit(1)
}
buildIfNeeded()
const { serve } = await import('./serve.ts')
const { seedSample } = await import('./sample/seed-sample.ts')
await serve(async (services) => {
  const files = await Promise.all(
    samples.map(async (fileName) => ({ fileName, bytes: await readFile(path.join(sampleFolder, fileName)) })),
  )
  await seedSample(services, { people, password, files })
})
console.log(`Sign in with the password "${password}" as`)
for (const { email, says } of people) console.log(`  ${email} (${says})`)

function readConfigOrExit() {
  try {
    return readConfig()
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error)
    process.exit(1)
  }
}
