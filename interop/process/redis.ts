import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Of the Debian package of the same name; npm has no such server. */
const SERVER = 'redis-server'

/**
 * Works while a Redis runs that keeps nothing on disk.
 *
 * @param where the arguments that say where it listens
 */
export async function withRedis<T>(where: readonly string[], work: () => Promise<T>): Promise<T> {
  const server = await startRedis(where)
  try {
    return await work()
  } finally {
    server.kill()
    await once(server, 'exit')
  }
}

async function startRedis(where: readonly string[]): Promise<ChildProcess> {
  const server = spawn(SERVER, [...where, '--save', ''], { stdio: ['ignore', 'pipe', 'inherit'] })
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
