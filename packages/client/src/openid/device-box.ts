import { renderUnicodeCompact } from 'uqr'
import type { DeviceInstructions } from './device-grant.ts'

// As wide as programs may count on.
const maxColumns = 80

/**
 * Instructions for a person in a box of at most 80 columns: the text with the QR code beside it or below it, without the
 * code where that is too wide, and without the box where even the text is. An address too long for its line follows the
 * box, whole, so that it can be copied.
 *
 * @param columns width of the terminal, where there is one
 *
 * @example
 * new DeviceGrantAuth(address, { provider, clientId, prompt: (instructions) => console.log(deviceBox(instructions)) })
 */
export function deviceBox(instructions: DeviceInstructions, columns: number = maxColumns): string {
  const inside = Math.min(columns, maxColumns) - 4
  const address = printable(instructions.verificationUri)
  const isLong = address.length > inside
  const destination = isLong ? 'the address below.' : address
  const userCode = printable(instructions.userCode)
  const code = renderUnicodeCompact(instructions.verificationUriComplete, { border: 2 }).split('\n')

  const withCode = lines([
    'To complete the login, scan',
    'the QR code or, using a',
    'browser on any device, visit',
  ])
  const plain = lines(['To complete the login, using', 'a browser on any device, visit'])
  const layouts = [beside(withCode, code), [...withCode, ...code], plain]
  const fitting = layouts.find((rows) => widest(rows) <= inside)
  const box = fitting === undefined ? plain.join('\n') : boxed(fitting)
  return isLong ? `${box}\n\n${address}\n` : `${box}\n`

  function lines(first: readonly string[]): string[] {
    return ['', ...first, destination, '', 'and enter the code', userCode, '']
  }
}

function beside(left: readonly string[], right: readonly string[]): string[] {
  const width = widest(left) + 2
  const height = Math.max(left.length, right.length)
  return Array.from({ length: height }, (_, row) => (left[row] ?? '').padEnd(width) + (right[row] ?? ''))
}

function boxed(rows: readonly string[]): string {
  const width = widest(rows)
  const edge = `+${'-'.repeat(width + 2)}+`
  return [edge, ...rows.map((row) => `| ${row.padEnd(width)} |`), edge].join('\n')
}

function widest(rows: readonly string[]): number {
  return Math.max(...rows.map((row) => row.length))
}

/** Without control characters: what a provider sends must not steer a terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
}
