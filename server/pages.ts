/** Next.js, mounted behind our own HTTP server. */
import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import next from 'next'
import { type Config, ConfigError } from './config.ts'
import type { PagesFactory } from './start-server.ts'
import { createServePart } from './static-parts.ts'

const projectFolder = fileURLToPath(new URL('..', import.meta.url))

/** Pages from the production build, or built as they are asked for in development. Throws ConfigError without a build. */
export function createPages(config: Config): PagesFactory {
  return async () => {
    const dev = config.mode === 'development'
    if (!dev && !existsSync(path.join(projectFolder, '.next', 'BUILD_ID'))) {
      throw new ConfigError('the pages are not built yet: run npm run build first')
    }
    // Without NEXTAUTH_URL, next-auth takes the address it is reached at from the request.
    process.env.AUTH_TRUST_HOST ??= '1'
    const app = next({ dev, dir: projectFolder, hostname: config.host, port: config.port })
    await app.prepare()
    const handle = app.getRequestHandler()
    const serve = (request: IncomingMessage, response: ServerResponse) => void handle(request, response)
    const servePart = dev ? null : createServePart(path.join(projectFolder, '.next', 'static'))
    return {
      handle: (request, response) =>
        servePart ? servePart(request, response, () => serve(request, response)) : serve(request, response),
      close: () => app.close(),
    }
  }
}
