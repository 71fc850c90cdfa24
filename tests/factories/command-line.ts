import { execFile } from 'node:child_process'
import path from 'node:path'

/** How the command line ended, and what it said. */
export interface CommandOutcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line as a person would, in the folder `cwd`; `settings` are environment variables. */
export function postil(
  args: readonly string[],
  { cwd, settings }: { readonly cwd: string; readonly settings: Readonly<Record<string, string>> },
): Promise<CommandOutcome> {
  const script = path.resolve('server/cli/postil.ts')
  const loader = path.resolve('node_modules/tsx/dist/loader.mjs')
  const env = { ...process.env, ...settings, NODE_ENV: 'production' as const }
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', loader, script, ...args], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    )
  })
}
