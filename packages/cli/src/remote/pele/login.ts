import { PeleRequests } from '@hexapla/client'
import { netrcPath, saveNetrcAccount } from '@hexapla/client/node'
import { readEnvironment } from '@hexapla/server/environment'
import { interruptible } from '../../interruption.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { askAccount, type AccountOptions } from '../ask-account.ts'
import { pelePlace } from './with-pele.ts'

/** Options of `hexapla pele login`. */
export interface LoginOptions extends AccountOptions {
  /** False: the account is not kept. */
  readonly netrc: boolean
  readonly insecure?: boolean
}

/** Gets a token and keeps it, with the account in `.netrc`, by which it is renewed. */
export function login(terminal: Terminal, url: string, options: LoginOptions): Promise<void> {
  return interruptible(async (signal) => {
    const account = await askAccount(options, signal)
    const verify = options.insecure !== true
    const pele = new PeleRequests(url, { ...account, verify, signal })
    const token = await pele.login(signal)
    const { baseUrl } = pele
    await pelePlace(readEnvironment()).save({ baseUrl, verify, ...(token !== undefined && { token }) })
    if (options.netrc) {
      const { user: login, password } = account
      await saveNetrcAccount({ machine: new URL(baseUrl).host, login, password }, { signal })
    }
    const { user } = account
    terminal.print(terminal.json ? JSON.stringify({ baseUrl, user }) : `logged in to ${baseUrl} as ${user}`)
    if (options.netrc) terminal.note(`the account is in ${netrcPath()}`)
  })
}
