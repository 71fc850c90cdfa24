/** The programs that the tests need besides Node: where they are found, and how they are installed where that is possible. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'

/** A program, the Debian package that brings it, and where it may lie besides the PATH. */
interface Program {
  readonly name: string
  readonly package: string
  /** What the package installs. */
  readonly command: string
  /** What does as well when that cannot be had. */
  readonly otherCommands: readonly string[]
  readonly elsewhere: () => readonly string[]
}

const programs = {
  chromium: {
    name: 'Chromium',
    // Chromium without a window of its own: a page costs it a third of the processor time.
    package: 'chromium-headless-shell',
    command: 'chromium-headless-shell',
    otherCommands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    elsewhere: () => [
      process.env.CHROMIUM_PATH ?? '',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
  },
  postgres: {
    name: 'PostgreSQL',
    package: 'postgresql',
    command: 'postgres',
    otherCommands: [],
    elsewhere: () => versions('/usr/lib/postgresql').map((folder) => path.join(folder, 'bin/postgres')),
  },
  redis: {
    name: 'Redis',
    package: 'redis-server',
    command: 'redis-server',
    otherCommands: ['valkey-server'],
    elsewhere: () => [],
  },
} satisfies Record<string, Program>

export type ProgramKey = keyof typeof programs

/** The path of a program. Throws with one line that names it and says how to get it. */
export function findProgram(key: ProgramKey): string {
  const found = lookFor(programs[key])
  if (!found) throw new Error(missing([programs[key]]))
  return found
}

/**
 * Installs with apt whatever is missing, or has only a stand-in, where that is possible. Throws with one line naming
 * what is missing still.
 */
export function installMissingPrograms(): void {
  const wanted: readonly Program[] = Object.values(programs)
  const absent = wanted.filter(
    (program) => !lookFor(program) || (program.otherCommands.length > 0 && !lookOnPath(program.command)),
  )
  if (absent.length > 0 && process.getuid?.() === 0 && lookOnPath('apt-get')) {
    console.log(`installing ${absent.map((program) => program.package).join(', ')} with apt`)
    const packages = absent.map((program) => program.package)
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] }
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    try {
      execFileSync('apt-get', ['update', '-qq'], { ...quiet, env })
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
        ...quiet,
        env,
      })
    } catch {
      // What could not be installed, and nothing does as well, is named below.
    }
  }
  const still = wanted.filter((program) => !lookFor(program))
  if (still.length > 0) throw new Error(missing(still))
}

function lookFor(program: Program): string | null {
  for (const command of [program.command, ...program.otherCommands]) {
    const found = lookOnPath(command)
    if (found) return realpathSync(found)
  }
  return program.elsewhere().find((file) => file !== '' && existsSync(file)) ?? null
}

function lookOnPath(command: string): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  return folders.map((folder) => path.join(folder, command)).find((file) => existsSync(file)) ?? null
}

function versions(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(folder, version))
}

function missing(absent: readonly Program[]): string {
  const names = absent.map((program) => program.name).join(' and ')
  return `${names} not found: install it (Debian: apt-get install ${absent.map((program) => program.package).join(' ')}) and run this again`
}
