/** Every command that runs beside a server or in its place, by name. */
import { backup } from './commands/backup.ts'
import { editionAdd } from './commands/edition-add.ts'
import { groupAdd } from './commands/group-add.ts'
import { groupJoin } from './commands/group-join.ts'
import { groupRoster } from './commands/group-roster.ts'
import { importFiles } from './commands/import.ts'
import { parallelsFind } from './commands/parallels-find.ts'
import { restore } from './commands/restore.ts'
import { tokenCreate } from './commands/token-create.ts'
import { userAdd } from './commands/user-add.ts'

export const commands = {
  'user add': userAdd,
  'token create': tokenCreate,
  'group add': groupAdd,
  'group join': groupJoin,
  'group roster': groupRoster,
  import: importFiles,
  'edition add': editionAdd,
  'parallels find': parallelsFind,
  backup,
  restore,
}

export type CommandName = keyof typeof commands

/** Whether no server may be running while it does its work. */
export const needsStoppedServer = (name: string) =>
  isCommandName(name) && 'needsStoppedServer' in commands[name]

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name)
