/**
 * People who come into a room all at once, from a process of their own: what it costs them is not to be taken for what
 * it costs those who are measured.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { BenchServerReady } from './bench-server.ts'

const entry = fileURLToPath(new URL('./crowd-process.ts', import.meta.url))

/** What a crowd is told: where to go, and how many they are. */
export const errand = z.object({ url: z.string(), token: z.string(), room: z.string(), people: z.number() })

/** A crowd that is ready to come. */
export interface Crowd {
  /** Everyone comes; resolves once all of them have the note, with the milliseconds that it took. */
  come(): Promise<number>
  /** Everyone leaves at once. */
  leave(): void
}

/** A crowd of so many, outside the door. */
export async function gatherCrowd(
  { url, token }: Pick<BenchServerReady, 'url' | 'token'>,
  room: string,
  people: number,
): Promise<Crowd> {
  const child = fork(entry, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const answer = () => new Promise<unknown>((resolve) => child.once('message', resolve))
  await answer()
  return {
    async come() {
      const back = answer()
      child.send({ url, token, room, people } satisfies z.infer<typeof errand>)
      return z.number().parse(await back)
    },
    leave: () => void child.kill(),
  }
}
