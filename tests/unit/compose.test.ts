/** `compose.yaml` as Docker's own reading of it would take it, and as this server's settings do. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readConfig } from '#server/config.ts'

/** What the Compose Specification says of the parts that the file uses; anything else in it is a mistake. */
const duration = z.string().regex(/^\d+(ms|s|m|h)$/)
const healthcheck = z.strictObject({
  test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()).check(z.minLength(2)),
  interval: duration,
  timeout: duration,
  retries: z.number(),
  start_period: duration.optional(),
})
const condition = z.strictObject({ condition: z.enum(['service_started', 'service_healthy']) })
const service = z
  .strictObject({
    image: z.string().optional(),
    build: z.strictObject({ context: z.string(), dockerfile_inline: z.string() }).optional(),
    init: z.boolean().optional(),
    restart: z.literal('unless-stopped'),
    stop_grace_period: duration.optional(),
    command: z.array(z.string()).optional(),
    ports: z.array(z.string().regex(/^\d+:\d+$/)).optional(),
    environment: z.record(z.string(), z.string()).optional(),
    volumes: z.array(z.string().regex(/^[a-z]+:\/.+$/)).optional(),
    configs: z.array(z.strictObject({ source: z.string(), target: z.string() })).optional(),
    depends_on: z.union([z.array(z.string()), z.record(z.string(), condition)]).optional(),
    healthcheck,
  })
  .refine(({ image, build }) => (image === undefined) !== (build === undefined), 'has an image or a build')
const composeFile = z.strictObject({
  name: z.string(),
  'x-server': z.unknown(),
  services: z.record(z.string(), service),
  configs: z.record(z.string(), z.strictObject({ content: z.string() })),
  volumes: z.record(z.string(), z.null()),
})

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const compose = composeFile.parse(parse(read('compose.yaml')))
const given: Record<string, string> = {
  POSTGRES_PASSWORD: 'secret',
  NEXTAUTH_SECRET: 'a secret of more than 16 letters',
}

/** `${NAME}`, `${NAME:-otherwise}` and `${NAME:?what is missing}`, as Compose fills them in. */
const fillIn = (text: string) =>
  text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, otherwise?: string) => {
    const value = given[name] ?? (kind === '-' ? otherwise : undefined)
    if (value === undefined) throw new Error(`${name} is not given`)
    return value
  })

const servers = Object.entries(compose.services).filter(([, { build }]) => build)

test('every name that is referred to is there', () => {
  const { services, configs, volumes } = compose
  for (const { depends_on = [], configs: used = [], volumes: mounted = [] } of Object.values(services)) {
    const needed = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on)
    for (const name of needed) expect(services).toHaveProperty(name)
    for (const { source } of used) expect(configs).toHaveProperty(source)
    for (const mount of mounted) expect(volumes).toHaveProperty(mount.split(':')[0] ?? '')
  }
})

test('there are two servers, whose settings this release reads, and all of them', () => {
  expect(servers).toHaveLength(2)
  const known = read('server/config.ts')
  for (const [, { environment = {} }] of servers) {
    const filled = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, fillIn(value)]),
    )
    for (const name of Object.keys(filled)) expect(known).toContain(`  ${name}:`)
    const config = readConfig({ NODE_ENV: 'production', ...filled })
    expect(config.redisUrl).toBe('redis://redis:6379')
    expect(new URL(config.databaseUrl ?? '').hostname).toBe('postgres')
    expect(config.trustedProxies).toBe(1)
  }
})

test('each server is asked whether it lives where it listens, and keeps its data where it may write', () => {
  for (const [, { environment = {}, healthcheck, build }] of servers) {
    expect(healthcheck.test.join(' ')).toContain(`http://127.0.0.1:${environment.PORT}/healthz`)
    expect(build?.dockerfile_inline).toContain(`install -d -o node ${environment.POSTIL_DATA_DIR}\n`)
  }
})

test('a server that is stopped has time to drain, and the balancer to notice', () => {
  const seconds = (text = '') => Number(/^(\d+)s$/.exec(text)?.[1])
  const balancer = compose.configs.balancer?.content ?? ''
  const interval = seconds(/health_interval (\S+)/.exec(balancer)?.[1])
  for (const [name, { environment = {}, stop_grace_period }] of servers) {
    const drain = Number(environment.POSTIL_DRAIN_SECONDS)
    expect(drain).toBeGreaterThan(2 * interval)
    expect(seconds(stop_grace_period)).toBeGreaterThan(drain + 30)
    expect(balancer).toContain(`${name}:${environment.PORT}`)
  }
  expect(balancer).toContain('health_uri /readyz')
})
