/** A file that is to be saved and not shown (RFC 6266). */
import { z } from '@hono/zod-openapi'

/** Such an answer in the description of the API. */
export const attachment = (description: string) => ({
  description,
  content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
})

/** The headers for a file of this type and name. */
export function attachmentHeaders({ contentType, fileName }: { contentType: string; fileName: string }) {
  return {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${toPlainName(fileName)}"; filename*=UTF-8''${toExtendedValue(fileName)}`,
    // A web page that somebody brought in must not run as one of ours.
    'Content-Security-Policy': "sandbox; default-src 'none'",
  }
}

/** For programs that do not know the extended form: what is not plain becomes an underscore. */
const toPlainName = (name: string) => name.replace(/[^ -~]|["\\%]/gu, '_')

/** RFC 8187. */
function toExtendedValue(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
