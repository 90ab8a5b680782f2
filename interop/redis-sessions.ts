import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { runRedisContract } from '../packages/rest/test/sessions/redis-contract.ts'
import { withTemporaryDirectory } from './process/temporary-directory.ts'
import type { Check } from './run-checks.ts'

/** Of the Debian package of the same name; npm has no such server. */
const SERVER = 'redis-server'

/** Sessions of `@hexapla/rest` in a real Redis. */
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
  const server = spawn(SERVER, ['--port', '0', '--unixsocket', socket, '--save', ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await once(server, 'spawn')
  } catch (error) {
    throw new Error(`${SERVER} is needed: apt-get install ${SERVER}`, { cause: error })
  }
  let output = ''
  for await (const line of createInterface({ input: server.stdout })) {
    if (/ready to accept connections/i.test(line)) {
      server.stdout.resume()
      return server
    }
    output += `${line}\n`
  }
  throw new Error(`${SERVER} ended: ${output}`)
}
