/**
 * The command line: `npm run postil -- <command>`. Reads arguments, asks for what is missing, prints the outcome.
 * What only some commands need is loaded when they need it, so that a wrong word is answered at once.
 */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { Presets, SingleBar } from 'cli-progress'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { AppError } from '#domain/app-error.ts'
import { scopes } from '#domain/policy/scope.ts'
import { repairKinds } from '#domain/text/repairs.ts'

const program = new Command('postil')
  .description('Sets up people, groups and texts; works beside a running server.')
  .option('--json', 'print one JSON value')
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(firstLine(text)) })
  .showHelpAfterError(false)

const user = program.command('user').description('people')
user
  .command('add')
  .description('make an account')
  .requiredOption('--email <email>')
  .requiredOption('--name <name>')
  .option('--password <password>', 'asked for when left out')
  .option('--admin', 'may run the server')
  .action(async (options: { email: string; name: string; password?: string; admin?: boolean }) => {
    const password = options.password ?? (await askForPassword())
    await finish('user add', {
      email: options.email,
      name: options.name,
      password,
      admin: options.admin ?? false,
    })
  })

program
  .command('token')
  .description('API tokens')
  .command('create')
  .description('print an API token, once')
  .requiredOption('--email <email>')
  .option('--name <name>', 'what it is for', 'command line')
  .addOption(
    new Option('--scope <scope>', 'how far it goes, within what its person may')
      .choices(scopes)
      .default('admin'),
  )
  .option('--days <days>', 'how long it holds (until it is revoked)')
  .action((options: { email: string; name: string; scope: string; days?: string }) =>
    finish('token create', { ...options, days: options.days === undefined ? null : Number(options.days) }),
  )

const group = program.command('group').description('groups')
group
  .command('add')
  .description('make a group')
  .requiredOption('--name <name>')
  .requiredOption('--owner <email>')
  .option('--roster <file>', 'a class list as CSV: name, e-mail, role')
  .option('--reading <slug...>', 'texts of its reading list, in order')
  .option('--opens <time>', 'when its discussion opens', toInstant)
  .option('--closes <time>', 'when its discussion closes', toInstant)
  .action(({ roster, reading, opens, closes, ...options }: GroupOptions) =>
    finish('group add', {
      ...options,
      roster: roster && path.resolve(roster),
      readings: reading,
      opensAt: opens,
      closesAt: closes,
    }),
  )
group
  .command('roster')
  .description('bring a class list into a group')
  .argument('<file>', 'CSV: name, e-mail, role')
  .requiredOption('--group <slug>')
  .addOption(
    new Option('--role <role>', 'of lines that name none').choices([
      'owner',
      'instructor',
      'reader',
      'observer',
    ]),
  )
  .action((file: string, options: { group: string; role?: string }) =>
    finish('group roster', { ...options, file: path.resolve(file) }),
  )
group
  .command('join')
  .description('put somebody into a group')
  .requiredOption('--group <slug>')
  .requiredOption('--email <email>')
  .addOption(
    new Option('--role <role>').choices(['owner', 'instructor', 'reader', 'observer']).makeOptionMandatory(),
  )
  .action((options: { group: string; email: string; role: string }) => finish('group join', options))

program
  .command('import')
  .description('bring files, folders or ZIPs into the corpus')
  .argument('<path...>')
  .option('--title <title>', 'for a single file')
  .option('--group <slug>', 'put it on the reading list of this group')
  .addOption(new Option('--visibility <who>').choices(['public', 'signed-in', 'group']))
  .addOption(
    new Option(
      '--repairs <kinds>',
      'of lines,words,paragraphs those to make, or none; all when left out',
    ).argParser(toRepairs),
  )
  .action(async (paths: string[], { repairs, ...options }: ImportOptions) => {
    const places = await Promise.all(paths.map(toPlace))
    if (options.title !== undefined && (places.length > 1 || !places[0]?.isOne)) {
      throw new AppError('invalid', '--title goes with a single file')
    }
    await finish('import', { paths: places.map(({ place }) => place), ...options, repairs })
  })

program
  .command('edition')
  .description('editions of a text')
  .command('add')
  .description('bring in a file as a new edition of a text')
  .argument('<file>')
  .requiredOption('--document <slug>')
  .option('--publish', 'make it the current one at once; left out, it is a preview')
  .action(async (file: string, { document, publish }: { document: string; publish?: boolean }) => {
    await finish('edition add', { file: path.resolve(file), document, publish: publish ?? false })
  })

program
  .command('parallels')
  .description('the same words in several texts')
  .command('find')
  .description('look for passages that share words, in whatever was not looked at yet')
  .option('--again', 'look at the whole corpus once more')
  .action(({ again }: { again?: boolean }) => finish('parallels find', { again: again ?? false }))

program
  .command('backup')
  .description('put everything into one new file, while people write')
  .argument('<file>')
  .action((file: string) => finish('backup', { file: path.resolve(file) }))
program
  .command('restore')
  .description('restore a backup into an empty server that is stopped')
  .argument('<file>')
  .action((file: string) => finish('restore', { file: path.resolve(file) }))

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
  if (!(error instanceof CommanderError)) process.stderr.write(firstLine(messageOf(error)))
}

interface GroupOptions {
  readonly name: string
  readonly owner: string
  readonly roster?: string
  readonly reading?: readonly string[]
  readonly opens?: string
  readonly closes?: string
}

interface ImportOptions {
  readonly title?: string
  readonly group?: string
  readonly visibility?: string
  readonly repairs?: readonly string[]
}

function toInstant(words: string): string {
  const at = new Date(words)
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('Write it as 2026-09-01T08:00+02:00.')
  return at.toISOString()
}

function toRepairs(words: string): string[] {
  const kinds = words.split(',').filter((kind) => kind !== 'none')
  const unknown = kinds.find((kind) => !repairKinds.some((known) => known === kind))
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no repair ${unknown}.`)
  return kinds
}

async function finish(command: string, input: unknown): Promise<void> {
  const { execute } = await import('./execute.ts')
  const isJson = program.opts<{ json?: boolean }>().json === true
  const bar =
    isJson || !process.stderr.isTTY
      ? null
      : new SingleBar({ format: '{bar} {percentage}% {label}' }, Presets.shades_classic)
  let isShown = false
  const outcome = await execute(command, input, (done, label) => {
    if (!isShown) bar?.start(100, 0, { label })
    isShown = true
    bar?.update(Math.round(done * 100), { label })
  }).finally(() => bar?.stop())
  console.log(isJson ? JSON.stringify(outcome.output) : outcome.words)
}

/** The absolute path of a file, folder or ZIP; `--title` goes with a single file alone. */
async function toPlace(given: string): Promise<{ readonly place: string; readonly isOne: boolean }> {
  const place = path.resolve(given)
  const found = await stat(place).catch(() => null)
  if (!found) throw new AppError('not-found', `${given}: there is no such file`)
  return { place, isOne: found.isFile() && !/\.zip$/i.test(place) }
}

async function askForPassword(): Promise<string> {
  if (!process.stdin.isTTY) throw new AppError('invalid', '--password: is needed where nobody can be asked')
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const ask = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write('Password: ')
  const password = await ask.question('')
  process.stderr.write('\n')
  ask.close()
  return password
}

/** 0 after help, 2 for wrong usage, 1 for everything else. */
function exitCodeOf(error: unknown): number {
  if (!(error instanceof CommanderError)) return 1
  return error.exitCode === 0 ? 0 : 2
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function firstLine(text: string): string {
  return `${text.trim().split('\n')[0]}\n`
}
