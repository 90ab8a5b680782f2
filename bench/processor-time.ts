import { readdir, readFile } from 'node:fs/promises'

/** Processor time that a process has used, in microseconds; proc(5) counts in hundredths of a second. */
export async function processorTime(pid: number): Promise<number> {
  const fields = await statOf(pid)
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

/** The same of a process and all its children, those that have ended too. */
export async function processorTimeOfChildren(pid: number): Promise<number> {
  const own = await statOf(pid)
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const children = await Promise.all(
    pids.map(async (one) => {
      const fields = await statOf(one).catch(() => [])
      return Number(fields[1]) === pid ? Number(fields[11]) + Number(fields[12]) : 0
    }),
  )
  const ended = Number(own[13]) + Number(own[14])
  const running = children.reduce((sum, ticks) => sum + ticks, 0)
  return (await processorTime(pid)) + (ended + running) * 10_000
}

/** The fields of `/proc/PID/stat` behind the name, which may hold blanks: state, parent and so on. */
async function statOf(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}
