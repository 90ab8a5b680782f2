import { PeleRequests } from '@hexapla/client'
import { interruptible } from '../../interruption.ts'
import { ask } from '../../terminal/ask.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { askAccount, type AccountOptions } from '../ask-account.ts'

/** Options of `hexapla pele verify`. */
export interface VerifyOptions {
  readonly user?: string
}

/** Registers somebody. */
export function register(terminal: Terminal, url: string, options: AccountOptions): Promise<void> {
  return interruptible(async (signal) => {
    const pele = new PeleRequests(url, { auth: false, signal })
    const { user, password } = await askAccount(options, signal)
    await post(terminal, pele, 'register', { email: user, password })
  })
}

/** Brings the code that was mailed. */
export function verify(
  terminal: Terminal,
  url: string,
  { user, code }: VerifyOptions & { readonly code: string },
): Promise<void> {
  return interruptible(async (signal) => {
    const pele = new PeleRequests(url, { auth: false, signal })
    const email = user ?? (await ask('user: ', { otherwise: 'use --user', signal }))
    await post(terminal, pele, 'verify', { email, verification_code: code })
  })
}

async function post(
  terminal: Terminal,
  pele: PeleRequests,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<void> {
  const response = await pele.post(path, { body: new URLSearchParams(form) })
  const answer = (await response.json()) as { readonly message?: string }
  terminal.print(terminal.json ? JSON.stringify(answer) : (answer.message ?? 'done'))
}
