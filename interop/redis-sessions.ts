import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { runRedisContract } from '../packages/rest/test/sessions/redis-contract.ts'
import { withTemporaryDirectory } from './process/temporary-directory.ts'
import type { Check } from './run-checks.ts'

/** Sessions of `@hexapla/rest` in a real Redis: Debian's `redis-server`, which npm does not have. */
export const redisSessionsCheck: Check = {
  name: 'sessions in Redis',
  run: () =>
    withTemporaryDirectory('redis', async (directory) => {
      const socket = join(directory, 'redis.sock')
      const server = await startRedis(socket)
      try {
        const held = await runRedisContract(socket)
        return Object.entries(held)
          .map(([client, cases]) => `${cases} cases with ${client}`)
          .join(', ')
      } finally {
        server.kill()
        await once(server, 'exit')
      }
    }),
}

/** Listens on a socket file only and keeps nothing on disk. */
async function startRedis(socket: string): Promise<ChildProcess> {
  const server = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await once(server, 'spawn')
  } catch (error) {
    throw new Error('redis-server is needed: apt-get install redis-server', { cause: error })
  }
  let output = ''
  for await (const line of createInterface({ input: server.stdout })) {
    if (/ready to accept connections/i.test(line)) {
      server.stdout.resume()
      return server
    }
    output += `${line}\n`
  }
  throw new Error(`redis-server ended: ${output}`)
}
