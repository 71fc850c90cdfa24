/** Class lists as people keep them: one person a line, with or without a heading, in the order name, e-mail, role. */
import { CsvError, parse } from 'csv-parse/sync'
import { AppError } from '#domain/app-error.ts'
import { type Role, roles } from '#domain/policy/actor.ts'

/** One line of a class list; `role` null where it names none, `problem` where it cannot be taken as it is. */
export interface RosterEntry {
  /** As the file counts, from 1. */
  readonly line: number
  readonly name: string
  /** In lower case. */
  readonly email: string
  readonly role: Role | null
  readonly problem: string | null
}

type Column = 'name' | 'email' | 'role'

const headings: Readonly<Record<string, Column>> = {
  name: 'name',
  'full name': 'name',
  student: 'name',
  email: 'email',
  'e-mail': 'email',
  mail: 'email',
  'email address': 'email',
  'e-mail address': 'email',
  role: 'role',
}

/**
 * The people of a class list. Takes commas, semicolons and tabs, quoted fields, a byte order mark, and empty lines.
 * Throws `unprocessable` for what is no such list, as where a quote is never closed.
 */
export function readRoster(csv: string): RosterEntry[] {
  const rows = readRows(csv)
  const [first] = rows
  const columns = first?.fields.map((field) => headings[field.toLowerCase()] ?? null) ?? []
  const hasHeading = columns.includes('email')
  const order: readonly (Column | null)[] = hasHeading ? columns : ['name', 'email', 'role']
  const seen = new Set<string>()
  return rows.flatMap(({ line, fields }) => {
    if (hasHeading && line === first?.line) return []
    const entry = readLine(line, (column) => fields[order.indexOf(column)] ?? '')
    const isRepeated = seen.has(entry.email)
    seen.add(entry.email)
    return entry.problem === null && isRepeated
      ? { ...entry, problem: 'this address stands further up already' }
      : entry
  })
}

interface Row {
  readonly line: number
  readonly fields: readonly string[]
}

function readRows(csv: string): Row[] {
  const rows: Row[] = []
  try {
    parse(csv, {
      bom: true,
      delimiter: [',', ';', '\t'],
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      on_record(fields: string[], { lines }: { lines: number }) {
        rows.push({ line: lines, fields })
        return null
      },
    })
  } catch (error) {
    if (error instanceof CsvError) throw new AppError('unprocessable', `csv: ${error.message}`)
    throw error
  }
  return rows
}

function readLine(line: number, field: (column: Column) => string): RosterEntry {
  const email = field('email').toLowerCase()
  const named = field('role').toLowerCase()
  const role = roles.find((each) => each === named) ?? null
  const problem = !/^[^\s@]+@[^\s@]+$/.test(email)
    ? 'no e-mail address'
    : named !== '' && role === null
      ? `no such role: ${named} (${roles.join(', ')})`
      : null
  return { line, name: field('name'), email, role, problem }
}
