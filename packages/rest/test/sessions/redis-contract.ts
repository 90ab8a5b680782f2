import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { redisSessionStore, type RedisClient } from '@hexapla/rest'
import { testClock } from './contract-case.ts'
import { sessionsContract } from './sessions-contract.ts'
import { storeContract } from './store-contract.ts'

/**
 * Runs the contract of session stores against a Redis, through both well-known clients.
 *
 * @returns how many cases held, by client
 * @throws what the first case says that does not hold
 */
export async function runRedisContract(socketPath: string): Promise<Readonly<Record<string, number>>> {
  const nodeRedis = await createClient({ socket: { path: socketPath, tls: false } }).connect()
  const ioRedis = new Redis(socketPath)
  try {
    return { redis: await runWith(nodeRedis), ioredis: await runWith(ioRedis) }
  } finally {
    nodeRedis.destroy()
    ioRedis.disconnect()
  }
}

async function runWith(client: RedisClient): Promise<number> {
  const cases = [...storeContract, ...sessionsContract]
  for (const { name, run } of cases) {
    const clock = testClock()
    try {
      await run({ store: redisSessionStore({ client, now: clock.now }), clock })
    } catch (error) {
      throw new Error(`does not hold: ${name}`, { cause: error })
    }
  }
  return cases.length
}
