import { openDatabase } from '../../src/postgres/database.ts'
import { openHitWindows } from '../../src/limits/open-hit-windows.ts'

// A process that does what may be done so often only, for as long as it is told: arguments are the address of the store,
// the key, how many, the width of the window and the time (milliseconds). It prints when each hit that was taken began and
// ended, in milliseconds of the machine's monotonic clock: all processes read the same one, while each of them sets the origin
// of its `performance` by itself, some microseconds apart.
const [address = '', key = '', most = '', widthMs = '', forMs = ''] = process.argv.slice(2)
const isRedis = address.startsWith('redis:')
const database = openDatabase({ url: isRedis ? 'postgresql://nobody@127.0.0.1/none' : address })
const hits = await openHitWindows(isRedis ? { redisUrl: address } : 'database', {
  write: database.write,
  clock: () => new Date(),
  report: console.error,
})
const limit = { key, most: Number(most), widthMs: Number(widthMs) }
const now = () => Number(process.hrtime.bigint()) / 1e6
const taken: [began: number, ended: number][] = []
const end = now() + Number(forMs)
while (now() < end) {
  const began = now()
  if ((await hits.take([limit])).isTaken) taken.push([began, now()])
}
console.log(JSON.stringify(taken))
await hits.close()
await database.close()
