import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { netrcCredentials, saveNetrcAccount } from '../../src/node.ts'

const server = new URL('https://pele.example.org:8877/pele/api/v0.1')
const account = { machine: 'pele.example.org:8877', login: 'koa@test.com', password: 'a secret' }

let directory: string
let path: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'netrc-'))
  path = join(directory, 'netrc')
})
afterEach(() => rm(directory, { recursive: true }))

const modeOf = async () => (await stat(path)).mode & 0o777

test('an account is written for its owner alone, and found', async () => {
  expect(await netrcCredentials(path)(server)).toBe(undefined)
  await saveNetrcAccount(account, { path })
  expect(await modeOf()).toBe(0o600)
  expect(await netrcCredentials(path)(server)).toEqual({ user: 'koa@test.com', password: 'a secret' })
  expect(await netrcCredentials(path)(new URL('https://other.example.org'))).toBe(undefined)
})

test('what else is there stays, whoever writes at the same time', async () => {
  const before = '# mine\nmachine ftp.example.org login me password you\nmacdef init\ncd /pub\n'
  await writeFile(path, before, { mode: 0o600 })
  const names = Array.from({ length: 8 }, (_, index) => `machine-${index}.example.org`)
  await Promise.all(names.map((machine) => saveNetrcAccount({ ...account, machine }, { path })))
  const text = await readFile(path, 'utf8')
  expect(text.startsWith(before)).toBe(true)
  for (const name of names) {
    expect(await netrcCredentials(path)(new URL(`https://${name}`))).toMatchObject({ user: account.login })
  }
})

test('a file that others may read is refused, to read and to write', async () => {
  const text = 'machine pele.example.org login me password you\n'
  await writeFile(path, text)
  for (const mode of [0o640, 0o604, 0o660]) {
    await chmod(path, mode)
    await expect(netrcCredentials(path)(server)).rejects.toMatchObject({ code: 'netrc_unsafe' })
    await expect(saveNetrcAccount(account, { path })).rejects.toMatchObject({ code: 'netrc_unsafe' })
  }
  expect(await readFile(path, 'utf8')).toBe(text)
})

test('a file that is none is refused, and stays', async () => {
  await writeFile(path, 'secret words', { mode: 0o600 })
  const refused = expect.objectContaining({
    code: 'netrc_invalid',
    message: expect.not.stringContaining('secret'),
  })
  await expect(netrcCredentials(path)(server)).rejects.toEqual(refused)
  await expect(saveNetrcAccount(account, { path })).rejects.toEqual(refused)
  expect(await readFile(path, 'utf8')).toBe('secret words')
})

test('a link stays one', async () => {
  const target = join(directory, 'dotfiles')
  await writeFile(target, '', { mode: 0o600 })
  await symlink(target, path)
  await saveNetrcAccount(account, { path })
  expect(await readFile(target, 'utf8')).toContain('koa@test.com')
})
