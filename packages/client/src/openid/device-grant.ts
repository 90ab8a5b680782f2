import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi'
import type { Clock } from '../pipeline/clock.ts'
import type { IssuedTokens } from './issued-tokens.ts'
import { OpenIDError } from './openid-error.ts'
import type { OpenIDProvider } from './openid-provider.ts'

/** What a person needs in order to log a device in. */
export interface DeviceInstructions {
  /** Address to visit on any device with a browser. */
  readonly verificationUri: string
  /** The same with the code in it, made for QR codes. */
  readonly verificationUriComplete: string
  /** Code to enter there. */
  readonly userCode: string
  /** Until when, in milliseconds since 1970. */
  readonly expiresAt: number
}

// RFC 8628 section 3.2 and 3.5
const defaultIntervalSeconds = 5
const slowDownMs = 5000

/**
 * Logs in by the device authorization grant (RFC 8628): tells a person where to go, and asks the provider until that is
 * done. Public clients prove by PKCE that whoever asks is who began (RFC 7636).
 *
 * @param deps.prompt shows the instructions
 * @throws {OpenIDError} `device_unsupported`, `device_denied`, `device_expired`, `oauth_refused`, `provider_unavailable`
 *   before there is a code; after that the provider may be away for a while
 */
export async function deviceGrant(deps: {
  readonly provider: OpenIDProvider
  readonly scopes: readonly string[]
  readonly confidential: boolean
  readonly prompt: (instructions: DeviceInstructions) => void | Promise<void>
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
}): Promise<IssuedTokens> {
  const { provider, clock, signal } = deps
  const verifier = deps.confidential ? undefined : generateRandomCodeVerifier()
  const challenge = verifier === undefined ? undefined : await calculatePKCECodeChallenge(verifier)
  const begun = await provider.beginDevice(deps.scopes, challenge)
  const expiresAt = clock.now() + begun.expires_in * 1000
  await deps.prompt({
    verificationUri: begun.verification_uri,
    verificationUriComplete:
      begun.verification_uri_complete ?? withCode(begun.verification_uri, begun.user_code),
    userCode: begun.user_code,
    expiresAt,
  })

  let intervalMs = (begun.interval ?? defaultIntervalSeconds) * 1000
  for (;;) {
    await clock.sleep(intervalMs, signal)
    if (clock.now() >= expiresAt) throw expired()
    const outcome = await provider.redeemDeviceCode(begun.device_code, verifier).catch(pending)
    if (!(outcome instanceof OpenIDError)) return outcome
    if (outcome.error === 'slow_down') intervalMs += slowDownMs
    // RFC 8628 section 3.5: after a time-out, ask half as often.
    else if (outcome.retryable) intervalMs *= 2
  }
}

/** Gives errors back that mean to go on asking, and throws the others. */
function pending(error: unknown): OpenIDError {
  if (!(error instanceof OpenIDError)) throw error
  if (error.retryable || error.error === 'authorization_pending' || error.error === 'slow_down') return error
  if (error.error === 'expired_token') throw expired(error)
  if (error.error === 'access_denied') {
    throw new OpenIDError('device_denied', 'The login was refused', error, { cause: error })
  }
  throw error
}

function expired(cause?: OpenIDError): OpenIDError {
  return new OpenIDError('device_expired', 'Nobody logged in before the code ended', cause, { cause })
}

function withCode(address: string, userCode: string): string {
  const url = URL.parse(address)
  url?.searchParams.set('user_code', userCode)
  return url?.href ?? address
}
