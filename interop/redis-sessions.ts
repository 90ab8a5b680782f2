import { join } from 'node:path'
import { runRedisContract } from '../packages/rest/test/sessions/redis-contract.ts'
import { withRedis } from './process/redis.ts'
import { withTemporaryDirectory } from './process/temporary-directory.ts'
import type { Check } from './run-checks.ts'

/** Sessions of `@hexapla/rest` in a real Redis. */
export const redisSessionsCheck: Check = {
  name: 'sessions in Redis',
  run: () =>
    withTemporaryDirectory('redis', async (directory) => {
      const socket = join(directory, 'redis.sock')
      return withRedis(['--port', '0', '--unixsocket', socket], async () => {
        const held = await runRedisContract(socket)
        return Object.entries(held)
          .map(([client, cases]) => `${cases} cases with ${client}`)
          .join(', ')
      })
    }),
}
