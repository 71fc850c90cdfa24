/** Routes of documents. */
import type { Api, ApiContext } from '../api.ts'

/** Registers what `/api/v1` offers about documents. */
export function registerDocumentRoutes(_api: Api, _context: ApiContext): void {}
