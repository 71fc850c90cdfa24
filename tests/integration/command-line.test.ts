import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postil as runPostil } from '#tests/factories/command-line.ts'
import { createTestDatabase } from '#tests/factories/test-database.ts'
import { startTestServer } from '#tests/factories/test-server.ts'

let folder: string
let settings: Record<string, string>

const postil = (args: readonly string[]) => runPostil(args, { cwd: folder, settings })

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'postil-cli-'))
  settings = {
    POSTIL_DATA_DIR: path.join(folder, 'data'),
    DATABASE_URL: await createTestDatabase(),
    NEXTAUTH_SECRET: 'a secret for tests, of 32 letters',
  }
  await writeFile(path.join(folder, 'letter.txt'), 'A letter\n========\n\nIt was received.\n')
  await writeFile(path.join(folder, 'empty.txt'), '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('without a server, the command line works on the database itself', () => {
  it('makes an account, a group and a token, and brings in a file', async () => {
    const account = [
      'user',
      'add',
      '--email',
      'Ada@Example.org',
      '--name',
      'Ada',
      '--password',
      'long enough to be one',
    ]
    expect(await postil(account)).toMatchObject({ code: 0 })
    const group = await postil(['--json', 'group', 'add', '--name', 'Tuesday', '--owner', 'ada@example.org'])
    expect(JSON.parse(group.stdout)).toMatchObject({ slug: 'tuesday' })
    const token = await postil(['token', 'create', '--email', 'ada@example.org'])
    expect(token.stdout.trim()).toMatch(/^\S{20,}$/)
    const imported = await postil(['--json', 'import', path.join(folder, 'letter.txt'), '--group', 'tuesday'])
    expect(JSON.parse(imported.stdout)).toMatchObject({
      documents: [{ slug: 'a-letter', title: 'A letter' }],
    })
  })

  it('puts somebody into a group in the role that was said', async () => {
    await postil([
      'user',
      'add',
      '--email',
      'bo@example.org',
      '--name',
      'Bo',
      '--password',
      'long enough to be one',
    ])
    const joined = await postil([
      'group',
      'join',
      '--group',
      'tuesday',
      '--email',
      'bo@example.org',
      '--role',
      'reader',
    ])
    expect(joined).toMatchObject({ code: 0, stdout: 'bo@example.org is now reader in tuesday.\n' })
  })

  it.each([
    [
      'a second account with the same e-mail',
      ['user', 'add', '--email', 'ada@example.org', '--name', 'A', '--password', 'long enough to be one'],
      1,
    ],
    ['an empty file', ['import', 'empty.txt'], 1],
    ['a file that is not there', ['import', 'nowhere.txt'], 1],
    ['a group that is not there', ['import', 'letter.txt', '--group', 'nobody'], 1],
    ['a token for nobody', ['token', 'create', '--email', 'nobody@example.org'], 1],
    [
      'a role that does not exist',
      ['group', 'join', '--group', 'tuesday', '--email', 'bo@example.org', '--role', 'king'],
      2,
    ],
    ['a missing option', ['user', 'add', '--email', 'x@example.org'], 2],
    ['an unknown command', ['dance'], 2],
  ])('refuses %s with one line on standard error', async (_what, args, code) => {
    const answer = await postil(args)
    expect(answer).toMatchObject({ code, stdout: '' })
    expect(answer.stderr).toMatch(/^[^\n]+\n$/)
  })
})

describe('beside a running server', () => {
  it('the server does it, and a second server is refused the folder', async () => {
    const server = await startTestServer(settings)
    const added = await postil([
      'user',
      'add',
      '--email',
      'cy@example.org',
      '--name',
      'Cy',
      '--password',
      'long enough to be one',
    ])
    expect(added).toMatchObject({ code: 0 })
    expect(await server.services.accounts.findByEmail('cy@example.org')).toMatchObject({ name: 'Cy' })
    await expect(startTestServer(settings)).rejects.toThrow('is in use by another Postil process')
    await server.close()
  })
})
