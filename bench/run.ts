/*
 * Ratios to what the machine can do at all: npm run bench [-- --rounds 7 --seconds 1 --megabytes 256 --items 3000 --only WORDS]
 * Everything runs on this machine at once, in turn with its floor: only the ratios of one run mean something.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '@hexapla/repository'
import { parseConfig, repositoryConfig } from '@hexapla/server'
import { ACCOUNT, startServerProcess } from '../interop/process/server-process.ts'
import { withTemporaryDirectory } from '../interop/process/temporary-directory.ts'
import { createFloorTables } from './floor-tables.ts'
import { startFloor } from './floor-process.ts'
import { measureImport } from './measure-import.ts'
import { measureRequests } from './measure-requests.ts'
import { measureUpload } from './measure-upload.ts'
import { formatTable, type Row } from './report.ts'
import { seed } from './seed.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '1' },
    megabytes: { type: 'string', default: '256' },
    items: { type: 'string', default: '3000' },
    only: { type: 'string', default: '' },
    /** Profiles the server under test into this directory. */
    profile: { type: 'string' },
  },
})

await withTemporaryDirectory('bench', async (directory) => {
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres') })
  try {
    const settings = { DATABASE_URL: postgres.url, HEXAPLA_DATA: directory }
    const administrator = { HEXAPLA_ADMIN_EMAIL: ACCOUNT.email, HEXAPLA_ADMIN_PASSWORD: ACCOUNT.password }
    const seeded = await seed(repositoryConfig(parseConfig({ ...settings, ...administrator })))
    const profiling = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`]
    const server = await startServerProcess({
      dataDirectory: directory,
      settings: { DATABASE_URL: postgres.url },
      nodeOptions: profiling,
    })
    const floor = await startFloor(postgres.url, directory)
    const stage = { server, floor, seeded, directory, databaseUrl: postgres.url }
    const rounds = { rounds: Number(values.rounds), milliseconds: Number(values.seconds) * 1000 }
    const wanted = (name: string) => name.includes(values.only)
    try {
      await createFloorTables(stage)
      const rows: Row[] = [
        ...(await measureRequests(stage, rounds, wanted)),
        ...(await measureUpload(
          stage,
          { rounds: rounds.rounds, megabytes: Number(values.megabytes) },
          wanted,
        )),
        ...(await measureImport(stage, { items: Number(values.items) }, wanted)),
      ]
      console.log(formatTable(rows))
    } finally {
      floor.stop()
      await server.stop()
    }
  } finally {
    await postgres.stop()
  }
})
