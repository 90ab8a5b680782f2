import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../domain/clock.ts'
import type { Mail, MailSender } from '../domain/mail/mail-sender.ts'

/** A message that nobody has delivered. */
export interface KeptMail extends Mail {
  /** Names it in its folder. */
  readonly id: string
  readonly from: string
  /** ISO 8601 */
  readonly date: string
}

const ENDING = '.json'

/**
 * Keeps messages in the folder `mail` of the data directory, where there is no SMTP server, for its owner's eyes alone.
 *
 * @param options.from the address that they come from
 */
export function mailFolder(options: { dataDirectory: string; from: string; clock: Clock }): MailSender {
  const folder = folderIn(options.dataDirectory)
  return {
    async send(mail) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const date = options.clock().toISOString()
      // In the order of their coming, without what file systems forbid.
      const path = join(folder, `${date.replaceAll(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}`)
      const file = await open(`${path}.part`, 'wx', 0o600)
      try {
        await file.writeFile(`${JSON.stringify({ from: options.from, date, ...mail }, null, 2)}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(`${path}.part`, path + ENDING)
    },
  }
}

/** The messages that were kept, the oldest first. */
export async function listKeptMail(dataDirectory: string): Promise<readonly KeptMail[]> {
  const folder = folderIn(dataDirectory)
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  const kept = names.filter((name) => name.endsWith(ENDING)).sort()
  return Promise.all(
    kept.map(async (name) => {
      const id = name.slice(0, -ENDING.length)
      // As `send` wrote it.
      const mail = JSON.parse(await readFile(join(folder, name), 'utf8')) as Omit<KeptMail, 'id'>
      return { ...mail, id }
    }),
  )
}

const folderIn = (dataDirectory: string): string => join(dataDirectory, 'mail')
