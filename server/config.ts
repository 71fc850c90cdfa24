/** The one place that reads `process.env`: every setting, its default, and what is wrong with a wrong one. */
import path from 'node:path'
import { z } from 'zod'
import type { OidcSettings } from './auth/oidc.ts'
import type { MailSettings } from './mail/send-mail.ts'

const limit = (fallback: number) => z.coerce.number().int().min(0).default(fallback)

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  POSTIL_DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
    .optional(),
  NEXTAUTH_URL: z.url().optional(),
  NEXTAUTH_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_NAME: z.string().min(1).max(60).default('your organization'),
  OIDC_SIGN_UP: z.enum(['true', 'false']).default('true'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/]/, 'must begin with smtp:// or smtps://')
    .optional(),
  POSTIL_MAIL_FROM: z.string().includes('@', 'must hold an e-mail address').optional(),
  POSTIL_TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  POSTIL_MAX_MESSAGE_BYTES: limit(1_048_576),
  POSTIL_MAX_NOTE_BYTES: limit(1_048_576),
  POSTIL_MAX_AWARENESS_BYTES: limit(4_096),
  POSTIL_MAX_MESSAGES_PER_SECOND: limit(200),
  POSTIL_MAX_CONNECTIONS_PER_PERSON: limit(60),
  POSTIL_MAX_ROOMS_PER_CONNECTION: limit(64),
  POSTIL_MAX_REQUESTS_PER_MINUTE: limit(1_200),
  POSTIL_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  POSTIL_DRAIN_SECONDS: z.coerce.number().int().min(0).max(600).default(0),
  POSTIL_LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('warn'),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
})

/** The settings of one server process. Limits are per the unit in their name; `0` is none. */
export interface Config {
  readonly mode: 'development' | 'production' | 'test'
  readonly port: number
  readonly host: string
  /** Absolute. */
  readonly dataDir: string
  /** Null: the embedded database under `dataDir`. */
  readonly databaseUrl: string | null
  /** Where this server speaks to others on the same database; null: there are none. */
  readonly redisUrl: string | null
  /** Where people reach this server, without a trailing slash; null: `http://host:port`. */
  readonly publicUrl: string | null
  /** Null: made and kept under `dataDir`. */
  readonly secret: string | null
  /** Null: this server sends no mail. */
  readonly mail: MailSettings | null
  /** Null: people sign in here alone. */
  readonly oidc: OidcSettings | null
  readonly trustedProxies: number
  readonly logLevel: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug'
  /** Whoever shows it as a bearer token may read `/metrics`; null: nobody may. */
  readonly metricsToken: string | null
  /** How long a server that is told to stop goes on serving, not ready, so that a balancer turns away from it. */
  readonly drainMs: number
  readonly limits: Limits
}

/** Bounds on what one person or one connection may ask of the server. */
export interface Limits {
  readonly messageBytes: number
  readonly noteBytes: number
  readonly awarenessBytes: number
  readonly messagesPerSecond: number
  readonly connectionsPerPerson: number
  readonly roomsPerConnection: number
  readonly requestsPerMinute: number
}

/** A setting that cannot be used; its message is the one line that the start ends with. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads the settings from `env`. Throws ConfigError with one line that names the first wrong one. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new ConfigError(`${issue?.path.join('.') ?? 'configuration'}: ${issue?.message ?? 'is not valid'}`)
  }
  const values = parsed.data
  const publicUrl = values.NEXTAUTH_URL ? new URL(values.NEXTAUTH_URL) : null
  if (values.DATABASE_URL && !values.NEXTAUTH_SECRET) {
    throw new ConfigError('NEXTAUTH_SECRET: is required when DATABASE_URL is set')
  }
  if (values.REDIS_URL && !values.DATABASE_URL) {
    throw new ConfigError(
      'REDIS_URL: is for several servers, which need DATABASE_URL; the embedded one serves one',
    )
  }
  return {
    mode: values.NODE_ENV,
    port: values.PORT,
    host: values.HOST,
    dataDir: path.resolve(values.POSTIL_DATA_DIR),
    databaseUrl: values.DATABASE_URL ?? null,
    redisUrl: values.REDIS_URL ?? null,
    publicUrl: publicUrl?.origin ?? null,
    secret: values.NEXTAUTH_SECRET ?? null,
    mail: values.SMTP_URL
      ? {
          smtpUrl: values.SMTP_URL,
          from: values.POSTIL_MAIL_FROM ?? `Postil <postil@${publicUrl?.hostname ?? 'localhost'}>`,
        }
      : null,
    oidc: readOidc(values),
    trustedProxies: values.POSTIL_TRUSTED_PROXIES,
    logLevel: values.POSTIL_LOG_LEVEL,
    metricsToken: values.POSTIL_METRICS_TOKEN ?? null,
    drainMs: values.POSTIL_DRAIN_SECONDS * 1_000,
    limits: {
      messageBytes: values.POSTIL_MAX_MESSAGE_BYTES,
      noteBytes: values.POSTIL_MAX_NOTE_BYTES,
      awarenessBytes: values.POSTIL_MAX_AWARENESS_BYTES,
      messagesPerSecond: values.POSTIL_MAX_MESSAGES_PER_SECOND,
      connectionsPerPerson: values.POSTIL_MAX_CONNECTIONS_PER_PERSON,
      roomsPerConnection: values.POSTIL_MAX_ROOMS_PER_CONNECTION,
      requestsPerMinute: values.POSTIL_MAX_REQUESTS_PER_MINUTE,
    },
  }
}

/** Null unless there is an issuer. Throws ConfigError when one of the three that belong together is missing. */
function readOidc(values: z.infer<typeof environment>): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = values
  if (!issuer) return null
  if (!clientId) throw new ConfigError('OIDC_CLIENT_ID: is required when OIDC_ISSUER is set')
  if (!clientSecret) throw new ConfigError('OIDC_CLIENT_SECRET: is required when OIDC_ISSUER is set')
  return {
    issuer,
    clientId,
    clientSecret,
    name: values.OIDC_NAME,
    makesAccounts: values.OIDC_SIGN_UP === 'true',
  }
}
