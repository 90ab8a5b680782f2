// Runs an embedded PostgreSQL on the directory given, prints its details as one JSON line, and lives until it is killed.
import { startEmbeddedPostgres } from '../src/postgres/embedded/start-embedded-postgres.ts'

const [directory = ''] = process.argv.slice(2)
console.log('starting')
const postgres = await startEmbeddedPostgres({ directory })
console.log(JSON.stringify({ pid: postgres.pid, connection: postgres.connection }))
setInterval(() => undefined, 60_000)
