import { SignJWT } from 'jose'
import { checkClaims, type ClaimRules } from './check-claims.ts'
import type { TokenClaims, TokenValidator } from './token-claims.ts'
import { TokenError } from './token-error.ts'
import { readTokenKeys, type TokenKeyOptions, type TokenKeys } from './token-keys.ts'
import { claimRules, toList, type ValidationOptions } from './validation-options.ts'
import { verifySignature, type FindKey } from './verify-signature.ts'

/** Options of {@link Auth}: keys, and what is asked of tokens. */
export type AuthOptions = TokenKeyOptions &
  ValidationOptions & {
    /** Written into tokens as `iss`, and asked of them. */
    readonly issuer?: string
    /** Further issuers whose tokens are accepted. Without `issuer` and `issuers`, `iss` is not checked. */
    readonly issuers?: readonly string[]
    /** How long tokens last at most, and when nothing else is asked; default 366 days. */
    readonly expirationSeconds?: number
    /** Times in whole seconds, which every validator understands; default `true`. */
    readonly integerTimes?: boolean
  }

/** Options of {@link Auth.createToken}. */
export interface CreateTokenOptions {
  /** How long the token lasts; never longer than the `expirationSeconds` of {@link Auth}. */
  readonly expirationSeconds?: number
  /** Further claims; `iss`, `sub`, `exp`, `nbf` and `iat` are not among them. */
  readonly payload?: Readonly<Record<string, unknown>>
  /** Further fields of the header, e.g. `kid`. */
  readonly headers?: Readonly<Record<string, unknown>>
}

const YEAR_S = 366 * 24 * 3600

/**
 * Creates and validates signed tokens (JWT, RFC 7519) with a secret or a key pair of one's own.
 *
 * @example
 * const auth = new Auth({ secret: process.env.SECRET, issuer: 'fruits', audience: 'fruits' })
 * const token = await auth.createToken('ada', { expirationSeconds: 3600, payload: { aud: 'fruits', role: 'write' } })
 * const { sub } = await auth.validate(token) // 'ada'
 */
export class Auth implements TokenValidator {
  readonly #keys: TokenKeys
  readonly #rules: ClaimRules
  readonly #issuer: string | undefined
  readonly #expirationSeconds: number
  readonly #integerTimes: boolean
  readonly #now: () => number

  /** @throws TypeError when a key is missing, too short, or does not fit its algorithm. */
  constructor(options: AuthOptions) {
    const { issuer, issuers } = options
    this.#keys = readTokenKeys(options)
    this.#issuer = issuer
    const known = issuer === undefined ? issuers : [issuer, ...(issuers ?? [])]
    this.#rules = { ...claimRules(options), issuers: toList(known) }
    this.#expirationSeconds = options.expirationSeconds ?? YEAR_S
    this.#integerTimes = options.integerTimes ?? true
    this.#now = options.now ?? Date.now
  }

  /**
   * A new token, good from now.
   *
   * @param subject the claim `sub`: whom or what the token speaks for
   * @throws TypeError without a secret or private key
   */
  async createToken(subject: string, options: CreateTokenOptions = {}): Promise<string> {
    const { algorithm, signing } = this.#keys
    if (signing === undefined) throw new TypeError('tokens cannot be created with a public key alone')
    const whole = (seconds: number) => (this.#integerTimes ? Math.floor(seconds) : seconds)
    const now = whole(this.#now() / 1000)
    const lifetime = Math.min(options.expirationSeconds ?? Infinity, this.#expirationSeconds)
    return await new SignJWT({
      ...options.payload,
      ...(this.#issuer === undefined ? {} : { iss: this.#issuer }),
      sub: subject,
      exp: now + whole(lifetime),
      nbf: now,
      iat: now,
    })
      .setProtectedHeader({ typ: 'JWT', ...options.headers, alg: algorithm })
      .sign(signing)
  }

  /**
   * The claims of a token that is good now.
   *
   * @param options.audience in place of that of the constructor
   * @throws TokenError of any code but `token-key-unknown` and `provider-unavailable`
   */
  async validate(
    token: string,
    options: { readonly audience?: string | readonly string[] } = {},
  ): Promise<TokenClaims> {
    const claims = await verifySignature(token, this.#findKey)
    const rules =
      options.audience === undefined ? this.#rules : { ...this.#rules, audience: toList(options.audience) }
    return checkClaims(claims, rules, this.#now())
  }

  readonly #findKey: FindKey = ({ alg }) => {
    const key = this.#keys.verifying.get(alg)
    if (key === undefined)
      throw new TokenError('token-signature', `tokens signed with ${alg} are not accepted`)
    return key
  }
}
