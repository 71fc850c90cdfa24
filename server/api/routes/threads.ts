/** Routes of threads. */
import type { Api, ApiContext } from '../api.ts'

/** Registers what `/api/v1` offers about threads. */
export function registerThreadRoutes(_api: Api, _context: ApiContext): void {}
