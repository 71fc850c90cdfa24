/** How large a body may be. What is larger is refused by its declared length, or while it is read. */
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { AppError } from '#domain/app-error.ts'
import type { ApiEnv } from './api.ts'

const mebibyte = 1_048_576
const jsonBytes = 2 * mebibyte
const documentBytes = 70 * mebibyte
const documentPaths = /^\/api\/v1\/documents(\/archive|\/[^/]+\/editions)?$/

/** Takes a file of any size, but only from whoever has the setup link of an empty server. */
const backupPath = '/api/v1/setup/backup'

/** Lets 2 MiB through, and 70 MiB where documents are brought in. Throws `too-large` beyond. */
export const limitBody: MiddlewareHandler<ApiEnv> = (c, next) => {
  if (c.req.path === backupPath) return next()
  return (c.req.method === 'POST' && documentPaths.test(c.req.path) ? documentLimit : jsonLimit)(c, next)
}

const limitTo = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new AppError('too-large', `More than the ${maxSize / mebibyte} MiB that are taken here.`)
    },
  })
const jsonLimit = limitTo(jsonBytes)
const documentLimit = limitTo(documentBytes)
