import { ClientError } from '../errors.ts'
import { parseNetrc } from './parse-netrc.ts'

/** An account at a machine. */
export interface NetrcAccount {
  /** Host, with a port where it is not the usual one. */
  readonly machine: string
  readonly login: string
  readonly password: string
}

/**
 * A `.netrc` with an account in it: in place of what it said of the machine, else behind all others but `default`, behind
 * which nothing is found. Everything else stays as it is.
 *
 * @throws {ClientError} `netrc_invalid` when the text is none; `arguments_invalid` for what cannot be written there
 */
export function putNetrcEntry(text: string, account: NetrcAccount): string {
  const { entries, endsInMacro } = parseNetrc(text)
  const line = `machine ${quoted(account.machine)} login ${quoted(account.login)} password ${quoted(account.password)}`
  const known = entries.findLast(({ machine }) => machine?.toLowerCase() === account.machine.toLowerCase())
  if (known !== undefined) return text.slice(0, known.start) + line + text.slice(known.end)
  const fallback = entries.find(({ machine }) => machine === undefined)
  if (fallback !== undefined) {
    return `${text.slice(0, fallback.start)}${line}\n${text.slice(fallback.start)}`
  }
  const separator = text === '' || text.endsWith('\n') ? '' : '\n'
  return `${text}${separator}${endsInMacro ? '\n' : ''}${line}\n`
}

function quoted(value: string): string {
  if (/[\r\n\0]/.test(value)) {
    throw new ClientError('arguments_invalid', 'A netrc file holds no line breaks in values')
  }
  if (value !== '' && !/[\s"\\#]/.test(value)) return value
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
