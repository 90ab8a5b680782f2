import { DeviceGrantAuth, DSpaceSession, type SessionState } from '@hexapla/client'
import { terminalPrompt } from '@hexapla/client/node'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'

/** What a server says of the OpenID provider whose tokens it takes (RFC 9728 section 2). */
interface ResourceMetadata {
  readonly authorization_servers?: readonly string[]
  readonly scopes_supported?: readonly string[]
  /** Hexapla's own: the client as which a program without a browser signs people in. */
  readonly device_client_id?: string
}

/**
 * Signs a person in on another device, with the server's OpenID provider (RFC 8628), and begins a session of the server's
 * own with what the provider gave.
 *
 * @throws CommandError `NO_DEVICE_LOGIN` when the server offers none
 */
export async function logInByDevice(
  address: string,
  { clientId: named, signal }: { readonly clientId: string | undefined; readonly signal: AbortSignal },
): Promise<DSpaceSession> {
  const { endpoint, state } = anonymous(address)
  const metadata = await readMetadata(endpoint, signal)
  const provider = metadata.authorization_servers?.[0]
  const clientId = named ?? metadata.device_client_id
  if (provider === undefined || clientId === undefined) throw noDeviceLogin(endpoint)
  const { scopes_supported: scopes = ['openid', 'email'] } = metadata
  const auth = new DeviceGrantAuth(endpoint, { provider, clientId, scopes, prompt: terminalPrompt(), signal })
  try {
    const token = await auth.accessToken()
    // A token that is to be renewed at once: the server gives one of its own for it.
    const session = new DSpaceSession(endpoint, { state: { ...state, auth: { token, renewAt: 0 } }, signal })
    await session.login()
    return session
  } finally {
    auth.close()
  }
}

function anonymous(address: string): { endpoint: string; state: SessionState } {
  const session = new DSpaceSession(address, { anonymous: true })
  return { endpoint: session.endpoint, state: session.state() }
}

async function readMetadata(endpoint: string, signal: AbortSignal): Promise<ResourceMetadata> {
  const { origin, pathname } = new URL(endpoint)
  // Its place is fixed by the server's address (RFC 9728 section 3.1), which is no part of the API.
  const server = new DSpaceSession(origin, { anonymous: true, signal })
  const response = await server.get(`/.well-known/oauth-protected-resource${pathname}`, {
    accept: (status) => status === 200 || status === 404,
  })
  if (response.status === 404) throw noDeviceLogin(endpoint)
  return (await response.json()) as ResourceMetadata
}

function noDeviceLogin(endpoint: string): CommandError {
  return new CommandError(
    'NO_DEVICE_LOGIN',
    `${endpoint} offers no login by device: use --user`,
    EXIT.FAILURE,
  )
}
