import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  chmod,
  chown,
  constants,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  realpath,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client, type ClientConfig } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { attachEmbeddedPostgres } from '../src/postgres/embedded/attach-embedded-postgres.ts'
import type { DatabaseConnection } from '../src/postgres/embedded/database-connection.ts'
import { identifyProcess } from '../src/postgres/embedded/process-identity.ts'
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../src/postgres/embedded/start-embedded-postgres.ts'

let template: string
let parent: string
let directory: string
let cleanUps: (() => unknown)[]

beforeAll(async () => {
  template = await makeOpenDirectory()
  const postgres = await startEmbeddedPostgres({ directory: join(template, 'postgres'), durable: false })
  await postgres.stop()
})

afterAll(() => rm(template, { recursive: true, force: true }))

beforeEach(async () => {
  parent = await makeOpenDirectory()
  directory = join(parent, 'postgres')
  await promisify(execFile)('cp', ['-a', join(template, 'postgres'), directory])
  cleanUps = []
})

afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp()
  await rm(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

/** Root's temporary directories are closed to the user that the server runs as. */
async function makeOpenDirectory(): Promise<string> {
  const made = await realpath(await mkdtemp(join(tmpdir(), 'embedded-test-')))
  await chmod(made, 0o755)
  return made
}

async function start(options: { transport?: 'socket' | 'loopback' } = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ directory, durable: false, ...options })
  cleanUps.push(() => postgres.stop())
  return postgres
}

async function query(connection: ClientConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(connection)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

interface OtherProcess {
  readonly child: ChildProcess
  /** Resolves when it begins to start its server. */
  readonly began: Promise<unknown>
  /** Resolves when its server accepts connections. */
  readonly ready: () => Promise<{ readonly pid: number; readonly connection: DatabaseConnection }>
}

/** Another process of ours on the same directory. */
function startOther(wrapper: readonly string[] = []): OtherProcess {
  const script = fileURLToPath(new URL('embedded-fixture-process.ts', import.meta.url))
  const [command, ...args] = [...wrapper, process.execPath, '--conditions=@hexapla/source', script, directory]
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  cleanUps.push(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const began = lines.next()
  const ready = async (): Promise<{ pid: number; connection: DatabaseConnection }> => {
    await began
    const details = JSON.parse(String((await lines.next()).value))
    cleanUps.push(() => rm(details.connection.host, { recursive: true, force: true }))
    return details
  }
  return { child, began, ready }
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function secondsUntilGone(pid: number): Promise<number> {
  const begin = performance.now()
  while ((await identifyProcess(pid)) !== undefined) {
    if (performance.now() - begin > 10_000) throw new Error(`Process ${pid} still runs`)
    await sleep(10)
  }
  return (performance.now() - begin) / 1000
}

describe('a cluster', () => {
  test('keeps its data and its password over a restart', async () => {
    const first = await start()
    await query(first.connection, "create table kept as select 'Ωμέγα' as word")
    await first.stop()
    const second = await start()
    expect(second.connection).toEqual(first.connection)
    expect(await query({ connectionString: second.url }, 'select word from kept')).toEqual([
      { word: 'Ωμέγα' },
    ])
  })

  test('is UTF-8 with checksums, Unicode case rules, and words told apart by Unicode punctuation', async () => {
    const { connection } = await start()
    const [row] = await query(
      connection,
      `select getdatabaseencoding() as encoding, current_setting('data_checksums') as checksums, lower('ÄΩ') as lower,
              to_tsvector('simple', '“Élan” – ÄPFEL')::text as words`,
    )
    expect(row).toEqual({ encoding: 'UTF8', checksums: 'on', lower: 'äω', words: "'äpfel':2 'élan':1" })
  })

  test('lets nobody in without the password, which only its owner can read', async () => {
    const { connection } = await start()
    await expect(query({ ...connection, password: 'guess' }, 'select 1')).rejects.toMatchObject({
      code: '28P01',
    })
    const { mode } = await stat(join(directory, 'server/password'))
    expect(mode & 0o777).toBe(0o600)
  })

  test('listens on a private, short Unix socket only', async () => {
    const { connection } = await start()
    expect(Buffer.byteLength(join(connection.host, '.s.PGSQL.5432'))).toBeLessThan(104)
    expect((await stat(connection.host)).mode & 0o777).toBe(0o700)
    expect(await query(connection, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
  })

  test('listens on 127.0.0.1 where that is asked for', async () => {
    const { connection, url } = await start({ transport: 'loopback' })
    expect(connection.host).toBe('127.0.0.1')
    expect(await query({ connectionString: url }, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('leaves no socket and no lock behind when stopped, and stopping twice is harmless', async () => {
    const postgres = await start()
    await Promise.all([postgres.stop(), postgres.stop()])
    await expect(stat(postgres.connection.host)).rejects.toMatchObject({ code: 'ENOENT' })
    expect(await readdir(directory)).toEqual(['server'])
  })

  test('tells when the server ends unasked, and can be started again', async () => {
    const postgres = await start()
    const exit = new Promise((resolve) => postgres.onExit(resolve))
    process.kill(postgres.pid, 'SIGQUIT')
    expect(await exit).toMatchObject({ expected: false })
    await postgres.stop()
    const again = await start()
    expect(await query(again.connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('one process a directory', () => {
  test('a second one is refused with the pid of the first, whose server goes on', async () => {
    const other = startOther()
    const { connection } = await other.ready()
    await expect(start()).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_IN_USE',
      data: { pid: other.child.pid },
    })
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a second start in the same process is refused too', async () => {
    await start()
    await expect(start()).rejects.toMatchObject({ code: 'DATA_DIRECTORY_IN_USE', data: { pid: process.pid } })
  })

  test('of many that start at once exactly one wins', async () => {
    await writeFile(join(directory, 'lock'), JSON.stringify({ pid: 4_000_000, startedAt: '1', boot: null }))
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => start()))
    const refused = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason)
    expect(refused).toHaveLength(7)
    for (const error of refused) expect(error).toMatchObject({ code: 'DATA_DIRECTORY_IN_USE' })
  })

  test('a lock and a postmaster.pid whose pid was given to another process are taken over', async () => {
    const first = await start()
    await query(first.connection, 'create table kept as select 1 as one')
    await first.stop()
    const identity = await identifyProcess(process.pid)
    await writeFile(join(directory, 'lock'), JSON.stringify({ ...identity, startedAt: '1' }))
    const stale = [
      process.ppid,
      join(directory, 'server/data'),
      1,
      5432,
      '/tmp/none',
      '',
      '  1  2',
      'ready',
      '',
    ].join('\n')
    await writeFile(join(directory, 'server/data/postmaster.pid'), stale)
    const second = await start()
    expect(await query(second.connection, 'select one from kept')).toEqual([{ one: 1 }])
  })

  test('another process attaches to a running server, and to none when there is none', async () => {
    expect(await attachEmbeddedPostgres(directory)).toBeUndefined()
    const other = startOther()
    const { connection } = await other.ready()
    expect(await attachEmbeddedPostgres(directory)).toEqual(connection)
    await kill(other.child)
    expect(await attachEmbeddedPostgres(directory)).toBeUndefined()
  })
})

/** Runs a program with pids of its own, as containers do. */
const CONTAINER = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'] as const
/** Namespaces need rights that not everybody has. */
const hasContainers = spawnSync(CONTAINER[0], [...CONTAINER.slice(1), 'true']).status === 0

describe.runIf(hasContainers)('a directory that containers share', () => {
  test('belongs to one of them, whatever the pids are, until that is gone', async () => {
    const other = startOther(CONTAINER)
    await other.ready()
    await expect(start()).rejects.toMatchObject({ code: 'DATA_DIRECTORY_IN_USE' })
    expect(await attachEmbeddedPostgres(directory)).toBeUndefined()
    await kill(other.child)
    // The container's processes end a moment later.
    const { connection } = await vi.waitFor(() => start(), { timeout: 10_000, interval: 50 })
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
    expect((await readdir(directory)).filter((name) => name.startsWith('presence-'))).toHaveLength(1)
  })

  test('is closed to a container while another process has it', async () => {
    const { connection } = await start()
    const other = startOther(CONTAINER)
    const [code] = await once(other.child, 'exit')
    expect(code).not.toBe(0)
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('kill -9', () => {
  test('of the parent ends the server, and the next start takes over with committed data intact', async () => {
    const other = startOther()
    const { pid, connection } = await other.ready()
    await query(connection, 'create table kept as select generate_series(1, 1000) as n')
    await kill(other.child)
    expect(await secondsUntilGone(pid)).toBeLessThan(2)
    const { connection: next } = await start()
    expect(await query(next, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }])
  })

  test('followed by a start at once waits for the old server instead of failing', async () => {
    const other = startOther()
    const { connection } = await other.ready()
    await query(connection, 'create table kept as select generate_series(1, 200000) as n')
    await kill(other.child)
    const { connection: next } = await start()
    expect(await query(next, 'select count(*)::int as n from kept')).toEqual([{ n: 200_000 }])
  })

  test('of parent and keeper leaves a server that the next start ends', async () => {
    const other = startOther()
    const { pid, connection } = await other.ready()
    await query(connection, 'create table kept as select 1 as one')
    for (const keeper of await processesInSession(pid, 'hexapla-keeper')) process.kill(keeper, 'SIGKILL')
    await kill(other.child)
    await sleep(200)
    expect(await identifyProcess(pid)).toBeDefined()
    const { connection: next } = await start()
    expect(await query(next, 'select one from kept')).toEqual([{ one: 1 }])
  })

  test('at any moment of the first start leaves nothing that hinders the next', async () => {
    await rm(directory, { recursive: true })
    for (const delay of [0, 100, 250, 450, 700, 900, 1100]) {
      const other = startOther()
      await other.began
      await sleep(delay)
      await kill(other.child)
      const left = await readdir(directory).catch((): string[] => [])
      if (left.includes('server')) break
    }
    const { connection } = await start()
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
    // What a process has for itself while it takes the lock stays until it is old.
    const left = (await readdir(directory)).filter((name) => !/^(?:lock|presence)-/.test(name))
    expect(left.sort()).toEqual(['lock', 'server'])
  })

  test.runIf(process.platform === 'linux')(
    'while the lock was taken leaves nothing for longer than a minute',
    async () => {
      const [fresh, old, held] = [randomUUID(), randomUUID(), randomUUID()]
      const names = [fresh, old, held].flatMap((id) => [`lock-${id}`, `presence-${id}`])
      const minutesAgo = new Date(Date.now() - 120_000)
      for (const name of names) {
        const path = join(directory, name)
        if (name.startsWith('lock-')) await writeFile(path, '')
        else await promisify(execFile)('mkfifo', [path])
        if (!name.endsWith(fresh)) await utimes(path, minutesAgo, minutesAgo)
      }
      const sign = await open(join(directory, `presence-${held}`), constants.O_RDONLY | constants.O_NONBLOCK)
      cleanUps.push(() => sign.close())
      await start()
      const left = await readdir(directory)
      expect(names.filter((name) => left.includes(name))).toEqual([
        `lock-${fresh}`,
        `presence-${fresh}`,
        `presence-${held}`,
      ])
    },
  )

  test('a Ctrl-C in the terminal does not reach the server', async () => {
    const other = startOther()
    const { pid } = await other.ready()
    const sessionOf = async (of: number): Promise<string> => (await statFields(of))[3] ?? ''
    expect(await sessionOf(pid)).toBe(String(pid))
    expect(await sessionOf(pid)).not.toBe(await sessionOf(other.child.pid ?? 0))
  })
})

describe.runIf(process.getuid?.() === 0)('started by root', () => {
  test('the server runs as another user, who owns its files', async () => {
    const { pid } = await start()
    const owner = await stat(join(directory, 'server/data'))
    expect(owner.uid).not.toBe(0)
    expect((await stat(`/proc/${pid}`)).uid).toBe(owner.uid)
  })

  test('the owner of an existing directory is taken', async () => {
    const { uid, gid } = await passwdEntry('nobody')
    await rm(directory, { recursive: true })
    await mkdir(directory)
    await chown(directory, uid, gid)
    const { pid } = await start()
    expect(await stat(`/proc/${pid}`)).toMatchObject({ uid, gid })
  })

  test('the owner of existing data is taken, though the system knows no name for it', async () => {
    const server = join(directory, 'server')
    for (const name of ['', ...(await readdir(server, { recursive: true }))])
      await chown(join(server, name), 12_345, 12_346)
    const { pid, connection } = await start()
    expect(await stat(`/proc/${pid}`)).toMatchObject({ uid: 12_345, gid: 12_346 })
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a closed parent directory is named', async () => {
    await chmod(parent, 0o700)
    await expect(start()).rejects.toMatchObject({
      code: 'DATABASE_USER_CANNOT_REACH',
      data: { closed: parent },
    })
  })
})

async function passwdEntry(name: string): Promise<{ uid: number; gid: number }> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n')
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
  return { uid: Number(uid), gid: Number(gid) }
}

/** Fields of /proc/PID/stat from the third on: state, ppid, pgrp, session … */
async function statFields(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

async function processesInSession(session: number, argument: string): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (command.split('\0').includes(argument) && (await statFields(pid))[3] === String(session))
      found.push(pid)
  }
  return found
}
