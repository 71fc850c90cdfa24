/** Runs a command in the server that is running, or, when none is, in this process under the data folder's lock. */
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { type Config, readConfig } from '../config.ts'
import { controlSocketOf, keptSecret, takeDataFolder } from '../db/data-folder.ts'
import type { CommandContext } from './command.ts'
import { needsStoppedServer } from './commands.ts'
import { callControl } from './control-socket.ts'
import { type Outcome, runCommand } from './run-command.ts'

/** Runs `command`; throws AppError, ConfigError or DataFolderInUse with one line for what cannot be. */
export async function execute(
  command: string,
  input: unknown,
  onProgress: CommandContext['onProgress'],
): Promise<Outcome> {
  const config = readConfig()
  const answered = needsStoppedServer(command)
    ? null
    : await callControl(controlSocketOf(config.dataDir), command, input, onProgress)
  return answered ?? executeHere(config, command, input, onProgress)
}

async function executeHere(
  config: Config,
  command: string,
  input: unknown,
  onProgress: CommandContext['onProgress'],
): Promise<Outcome> {
  const log = pino({ level: 'fatal' }, pino.destination(2))
  const { openDatabase } = await import('../db/database.ts')
  const { createSendMail } = await import('../mail/send-mail.ts')
  const { startServices } = await import('../services/start-services.ts')
  const folder = await takeDataFolder(config.dataDir)
  try {
    const database = await openDatabase({ databaseUrl: config.databaseUrl, folder, log })
    try {
      const services = startServices({
        database,
        log,
        now: Date.now,
        newId: randomUUID,
        secret: config.secret ?? (await keptSecret(folder)),
        publicUrl: () => config.publicUrl ?? `http://${config.host}:${config.port}`,
        sendMail: config.mail && createSendMail(config.mail, log),
        oidc: config.oidc,
      })
      return await runCommand({ services, onProgress }, command, input)
    } finally {
      await database.close()
    }
  } finally {
    await folder.release()
  }
}
