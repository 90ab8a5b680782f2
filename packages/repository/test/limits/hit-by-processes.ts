import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const PROCESS = new URL('hit-process.ts', import.meta.url).pathname
const MOST = 10
const WIDTH_MS = 500
const FOR_MS = 2500

/**
 * Lets four processes do as often as they can what may be done ten times in half a second, sharing a store.
 *
 * @param address of the store: a URL of PostgreSQL or Redis
 * @returns how many hits were taken
 * @throws Error when more were taken within some window than may be, or fewer than could be
 */
export async function hitByProcesses(address: string): Promise<number> {
  const key = `processes ${Math.random()}`
  const numbers = [MOST, WIDTH_MS, FOR_MS].map(String)
  const run = promisify(execFile)
  const outputs = await Promise.all(
    Array.from({ length: 4 }, () =>
      run(process.execPath, ['--conditions=@hexapla/source', PROCESS, address, key, ...numbers]),
    ),
  )
  const taken = outputs
    .flatMap(({ stdout }) => JSON.parse(stdout) as [began: number, ended: number][])
    .sort(([, one], [, other]) => one - other)
  const moments = taken.map(([began]) => began).sort((one, other) => one - other)
  for (const [index, [, ended]] of taken.entries()) {
    const earlier = moments[index - MOST]
    // The eleventh to end was counted before it ended, the first to begin after it began.
    if (earlier !== undefined && ended - earlier < WIDTH_MS) {
      throw new Error(`${MOST + 1} were taken within ${ended - earlier} ms`)
    }
  }
  const least = MOST * Math.floor(FOR_MS / WIDTH_MS)
  if (taken.length < least) throw new Error(`only ${taken.length} were taken, not ${least}`)
  return taken.length
}
