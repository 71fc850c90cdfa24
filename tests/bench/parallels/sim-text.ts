import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { Found } from './count-found.ts'

/** Of sim's answers: `new: line 3-14 |old7: line 90-101[11]`, where a line is a word. */
const ANSWER = /^\S*new: line (\d+)-(\d+)\s*\|\s*\S*old(\d+): line (\d+)-(\d+)\s*\[\d+\]/

/**
 * What sim_text finds (Dick Grune, “The software and text similarity tester SIM”): runs of eight words or more, as it
 * does when nothing is said. Words are written one on a line, so that its line numbers count them.
 */
export function findBySim(program: string, texts: readonly string[], text: string): Found[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'postil-sim-'))
  try {
    const words = [text, ...texts].map((each) => [...each.matchAll(/\S+/g)])
    const names = words.map((each, index) => {
      const name = path.join(folder, index === 0 ? 'new' : `old${index - 1}`)
      writeFileSync(name, `${each.map(([word]) => word).join('\n')}\n`)
      return name
    })
    // Without its line feed the last name would not be read.
    const input = `${[names[0], '/', ...names.slice(1)].join('\n')}\n`
    const { stdout } = spawnSync(program, ['-n', '-T', '-S', '-r', '8', '-i'], {
      input,
      encoding: 'utf8',
      maxBuffer: 1e9,
    })
    const range = (of: number, first = '', last = ''): TextRange => {
      const [from, to] = [words[of]?.[Number(first) - 1], words[of]?.[Number(last) - 1]]
      return { start: from?.index ?? 0, end: (to?.index ?? 0) + (to?.[0].length ?? 0) }
    }
    return stdout.split('\n').flatMap((line) => {
      const [, hereFirst, hereLast, old, thereFirst, thereLast] = ANSWER.exec(line) ?? []
      if (old === undefined) return []
      return {
        text: Number(old),
        here: range(0, hereFirst, hereLast),
        there: range(Number(old) + 1, thereFirst, thereLast),
      }
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
