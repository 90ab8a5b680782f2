import { anySignal } from '../pipeline/any-signal.ts'
import { discardBody } from '../pipeline/discard-body.ts'
import type { Send } from '../pipeline/layer.ts'
import { sendAccepted } from '../pipeline/send-accepted.ts'
import type { Endpoint } from '../request/endpoint.ts'
import type { CookieAuth } from './cookie-auth.ts'

/**
 * Ends the session at the site by Drupal's own address, and forgets its cookies. A session that has ended already is
 * refused by that address, which is as good.
 *
 * @param deps.send the pipeline without authentication: nobody is to be logged in for this
 * @throws {HttpError} `http_error` for 5xx
 */
export async function userLogout(
  deps: {
    readonly endpoint: Endpoint
    readonly cookie: CookieAuth
    readonly send: Send
    readonly signal: AbortSignal | undefined
    readonly timeoutMs: number
  },
  signal: AbortSignal | undefined,
): Promise<void> {
  const { endpoint, cookie, send, timeoutMs } = deps
  const held = cookie.held()
  if (held === undefined) return
  const answer = await sendAccepted(
    send,
    {
      method: 'GET',
      url: endpoint.resolve('/user/logout'),
      headers: new Headers({ cookie: held.jar.getCookieStringSync(`${endpoint.href}/`) }),
      body: undefined,
      signal: anySignal(deps.signal, signal),
      timeoutMs,
      retry: 'idempotent',
      redirect: 'manual',
    },
    (status) => status < 500,
  )
  await discardBody(answer)
  cookie.forget()
}
