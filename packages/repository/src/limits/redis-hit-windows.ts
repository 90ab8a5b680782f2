import { createClient } from 'redis'
import type { HitWindows } from '../domain/limits/hit-windows.ts'
import { windowOf } from './window-of.ts'

/** {@link HitWindows} that hold a connection. */
export interface RedisHitWindows extends HitWindows {
  close(): Promise<void>
}

/** In braces, so that all keys are in one place of a cluster. */
const PREFIX = '{hexapla:hits}:'

// One step, by the clock of the server. KEYS are lists of moments in microseconds; ARGV, for each, how many and milliseconds.
const TAKE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local taken = 1
  for i, key in ipairs(KEYS) do
    local after = now - ARGV[2 * i] * 1000
    local oldest = redis.call('LINDEX', key, 0)
    while oldest and tonumber(oldest) <= after do
      redis.call('LPOP', key)
      oldest = redis.call('LINDEX', key, 0)
    end
    if redis.call('LLEN', key) >= tonumber(ARGV[2 * i - 1]) then taken = 0 end
  end
  local moment = string.format('%.0f', now)
  local kept = {}
  for i, key in ipairs(KEYS) do
    if taken == 1 then
      redis.call('RPUSH', key, moment)
      redis.call('PEXPIRE', key, ARGV[2 * i])
    end
    kept[i] = redis.call('LRANGE', key, 0, -1)
  end
  return { moment, taken, kept }`

const GIVE_BACK = `for _, key in ipairs(KEYS) do redis.call('LREM', key, 1, ARGV[1]) end`

/**
 * {@link HitWindows} of all processes that share a Redis (5 or newer) or Valkey. While it is away, counting fails.
 *
 * @param options.report told when the connection is lost
 */
export async function openRedisHitWindows(options: {
  url: string
  report: (error: unknown) => void
}): Promise<RedisHitWindows> {
  let isConnected = false
  const client = createClient({
    url: options.url,
    disableOfflineQueue: true,
    // A wrong address is told at once.
    socket: { reconnectStrategy: (retries) => isConnected && Math.min(50 * 2 ** retries, 2000) },
  })
  client.on('error', options.report)
  await client.connect()
  isConnected = true
  return {
    async take(limits) {
      const keys = limits.map(({ key }) => PREFIX + key)
      const numbers = limits.flatMap(({ most, widthMs }) => [String(most), String(widthMs)])
      const [moment, taken, kept] = readReply(await client.eval(TAKE, { keys, arguments: numbers }))
      return {
        isTaken: taken === 1,
        windows: limits.map((limit, index) =>
          windowOf(limit, (kept[index] ?? []).map(Number), Number(moment)),
        ),
        async giveBack() {
          if (taken === 1) await client.eval(GIVE_BACK, { keys, arguments: [moment] })
        },
      }
    },
    close: () => client.close(),
  }
}

type Reply = readonly [moment: string, taken: number, kept: readonly (readonly string[])[]]

function readReply(reply: unknown): Reply {
  if (!Array.isArray(reply) || reply.length !== 3) throw new Error('Redis counted no hit')
  // By the last line of the script.
  return reply as unknown as Reply
}
