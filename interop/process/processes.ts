import { readdir, readFile, writeFile } from 'node:fs/promises'

/** Pids of the processes whose command line contains `words`, such as a data directory. */
export async function processesWith(words: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => ((await readProc(pid, 'cmdline')).includes(words) ? [Number(pid)] : [])),
  )
  return found.flat()
}

/** Pids of the PostgreSQL servers on a data directory. */
export async function postmastersOf(dataDirectory: string): Promise<number[]> {
  const found = await Promise.all(
    (await processesWith(dataDirectory)).map(async (pid) => {
      // The shell that looks after a server has the same words on its command line.
      const [program = ''] = (await readProc(String(pid), 'cmdline')).split('\0')
      return program.endsWith('/postgres') ? [pid] : []
    }),
  )
  return found.flat()
}

/** A field of `/proc/PID/status` in bytes, such as `VmRSS`; 0 when the process is gone. */
export async function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(
    await readProc(String(pid), 'status'),
  )?.[1]
  return Number(kilobytes ?? 0) * 1024
}

/** A process may end while it is looked at. */
async function readProc(pid: string, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '')
}

/** Lets `VmHWM` begin anew at what the process holds now (proc(5), `clear_refs`). */
export async function resetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5')
}
