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
run('npm', ['run', '--silent', 'check'])
for (const project of ['integration', 'sync', 'faults', 'e2e'])
  run('npx', ['vitest', 'run', '--project', project])

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
