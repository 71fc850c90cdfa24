/** `npm test`: finds or installs what the tests need, checks the code, builds, and runs every test. Nothing is skipped. */
import { spawnSync } from 'node:child_process'
import { buildIfNeeded } from '#server/build.ts'
import { installMissingPrograms } from './factories/find-program.ts'

try {
  installMissingPrograms()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
buildIfNeeded()
auditDependencies()
run('npm', ['run', '--silent', 'check'])
for (const project of ['integration', 'sync', 'faults', 'e2e'])
  run('npx', ['vitest', 'run', '--project', project])

/** Fails on a known hole in what is shipped. A registry that cannot be asked, or keeps no such list, fails nothing. */
function auditDependencies(): void {
  const command = ['audit', '--omit=dev', '--audit-level=high', '--json', '--fetch-retries=0']
  const { stdout } = spawnSync('npm', command, { encoding: 'utf8', timeout: 60_000 })
  const found = readFindings(stdout)
  if (found === null)
    console.log('The registry answers nothing about known holes: dependencies are not audited.')
  else if (found > 0) {
    console.error(`${found} known holes, high or worse, in what is shipped: see npm audit --omit=dev`)
    process.exit(1)
  }
}

/** How many are high or worse; null when it is no report. */
function readFindings(report: string): number | null {
  try {
    const { high, critical } = JSON.parse(report).metadata.vulnerabilities
    return high + critical
  } catch {
    return null
  }
}

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
