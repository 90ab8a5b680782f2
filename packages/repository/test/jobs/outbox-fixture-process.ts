// Takes a job of topic `work` from the database given, says so, and lives with it until it is killed.
import { openDatabase } from '../../src/postgres/database.ts'
import { postgresOutbox } from '../../src/postgres/outbox/postgres-outbox.ts'

const [url = ''] = process.argv.slice(2)
const forever = async (): Promise<never> => {
  console.log('taken')
  return new Promise(() => setInterval(() => undefined, 60_000))
}
await postgresOutbox(openDatabase({ url }).write).next(forever, { topics: ['work'], delay: () => 60_000 })
