import { clearLoginCookie, loginCookieNames, readLoginCookie, setLoginCookie } from './login-cookie.ts'
import type { LoginExchange } from './login-storage.ts'

/** Browsers take cookies of up to 4096 bytes, name and, in some, attributes included (RFC 6265 section 6.1). */
const PART_LENGTH = 3800

/** Sends a text as cookies `NAME.0`, `NAME.1` …, as many as it takes, in place of those that are there. */
export function setSplitCookie(exchange: LoginExchange, name: string, text: string, maxAge: number): void {
  const count = Math.ceil(text.length / PART_LENGTH)
  for (let part = 0; part < count; part++) {
    const value = text.slice(part * PART_LENGTH, (part + 1) * PART_LENGTH)
    setLoginCookie(exchange, `${name}.${part}`, value, maxAge)
  }
  for (const old of partNames(exchange, name)) if (partNumber(old) >= count) clearLoginCookie(exchange, old)
}

/** What {@link setSplitCookie} was given, as far as the browser has it. */
export function readSplitCookie(exchange: LoginExchange, name: string): string | undefined {
  const names = partNames(exchange, name)
  if (names.length === 0) return undefined
  return names.map((part) => readLoginCookie(exchange, part)).join('')
}

/** Takes all parts from the browser. */
export function clearSplitCookie(exchange: LoginExchange, name: string): void {
  for (const part of partNames(exchange, name)) clearLoginCookie(exchange, part)
}

function partNames(exchange: LoginExchange, name: string): string[] {
  return loginCookieNames(exchange, `${name}.`)
    .filter((part) => /\.\d+$/.test(part))
    .sort((one, other) => partNumber(one) - partNumber(other))
}

function partNumber(part: string): number {
  return Number(part.slice(part.lastIndexOf('.') + 1))
}
