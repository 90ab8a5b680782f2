import type { DSpaceSession } from '@hexapla/client'
import { CommandError, usageError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'
import { formatMoment } from '../terminal/format-moment.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { withSession } from './with-session.ts'

/** What a token is to be. */
export interface CreateOptions {
  readonly scope: string
  readonly expires: string
}

/** Whose tokens are listed. */
export interface ListOptions {
  readonly person?: string
}

interface TokenDocument {
  readonly uuid: string
  readonly name: string
  readonly scope: string
  readonly expires: string | null
  readonly lastUsed: string | null
}

const PATH = '/api/authn/tokens'
const DAY_MS = 24 * 60 * 60 * 1000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Makes a token; its text alone goes to standard output, for programs to take. */
export function createToken(terminal: Terminal, name: string, options: CreateOptions): Promise<void> {
  const expires = readEnd(options.expires)
  return withSession(async (session) => {
    const response = await session.post(PATH, { json: { name, scope: options.scope, expires } })
    const made = (await response.json()) as TokenDocument & { readonly token: string }
    if (terminal.json) {
      terminal.print(JSON.stringify({ ...told(made), token: made.token }))
      return
    }
    terminal.print(made.token)
    terminal.note(`${made.name} (${made.scope}), ${endOf(made)}: keep it, it is not shown again`)
  })
}

/** Lists tokens, by name. */
export function listTokens(terminal: Terminal, { person }: ListOptions): Promise<void> {
  return withSession(async (session) => {
    const path = person === undefined ? PATH : `${PATH}/search/byEPerson?uuid=${encodeURIComponent(person)}`
    for await (const token of session.items<TokenDocument>(path, { size: 100 })) {
      const { uuid, name, scope, lastUsed } = token
      const use = lastUsed === null ? 'never used' : `used ${formatMoment(lastUsed)}`
      terminal.print(
        terminal.json ? JSON.stringify(told(token)) : `${uuid}  ${name}  ${scope}  ${endOf(token)}  ${use}`,
      )
    }
  })
}

/** Makes a token void. */
export function revokeToken(terminal: Terminal, wanted: string): Promise<void> {
  return withSession(async (session) => {
    const uuid = UUID.test(wanted) ? wanted : await findByName(session, wanted)
    await session.delete(`${PATH}/${uuid}`)
    terminal.print(terminal.json ? JSON.stringify({ uuid }) : `revoked ${wanted}`)
  })
}

async function findByName(session: DSpaceSession, name: string): Promise<string> {
  for await (const token of session.items<TokenDocument>(PATH, { size: 100 })) {
    if (token.name === name) return token.uuid
  }
  throw new CommandError('NOT_FOUND', `you have no token named ${name}`, EXIT.NOT_FOUND)
}

/** @returns ISO 8601, or null for never */
function readEnd(text: string): string | null {
  if (text === 'never') return null
  const days = /^(\d{1,5})d$/.exec(text)?.[1]
  if (days !== undefined) return new Date(Date.now() + Number(days) * DAY_MS).toISOString()
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString()
  throw usageError(`--expires is a number of days (30d), a day (2027-01-31) or never, not ${text}`)
}

function told({ uuid, name, scope, expires, lastUsed }: TokenDocument): TokenDocument {
  return { uuid, name, scope, expires, lastUsed }
}

function endOf({ expires }: TokenDocument): string {
  if (expires === null) return 'never ends'
  return `${Date.parse(expires) > Date.now() ? 'ends' : 'ended'} ${formatMoment(expires)}`
}
