import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { hitByProcesses } from '../packages/repository/test/limits/hit-by-processes.ts'
import { hitWindowsContract } from '../packages/repository/test/limits/hit-windows-contract.ts'
import { openRedisHitWindows } from '../packages/repository/src/limits/redis-hit-windows.ts'
import { withRedis } from './process/redis.ts'
import type { Check } from './run-checks.ts'

/** Rate limits in a real Redis: what holds for all stores, and that four processes take exactly what one may. */
export const redisLimitsCheck: Check = {
  name: 'rate limits in Redis',
  run: async () => {
    const port = await freePort()
    return withRedis(['--port', String(port), '--bind', '127.0.0.1'], async () => {
      const url = `redis://127.0.0.1:${port}`
      const hits = await openRedisHitWindows({ url, report: console.error })
      try {
        for (const { name, run } of hitWindowsContract) {
          await run(hits).catch((cause: unknown) => {
            throw new Error(`does not hold: ${name}`, { cause })
          })
        }
      } finally {
        await hits.close()
      }
      return `${hitWindowsContract.length} cases, ${await hitByProcesses(url)} hits of four processes`
    })
  },
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
