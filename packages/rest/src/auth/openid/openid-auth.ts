import type { CompactJWSHeaderParameters } from 'jose'
import { signatureAlgorithms, type SignatureAlgorithm } from '../algorithms.ts'
import { checkClaims, type ClaimRules } from '../check-claims.ts'
import type { TokenClaims, TokenValidator } from '../token-claims.ts'
import { TokenError } from '../token-error.ts'
import { claimRules, toList, type ValidationOptions } from '../validation-options.ts'
import { verifySignature } from '../verify-signature.ts'
import type { FetchOptions } from './fetch-json.ts'
import { loadKeys, type ProviderKeys } from './provider-keys.ts'
import { loadMetadata, type ProviderMetadata } from './provider-metadata.ts'
import { RefreshingValue } from './refreshing-value.ts'

/** Options of {@link OpenIDAuth}; all have defaults. */
export interface OpenIDAuthOptions extends ValidationOptions {
  /** Whose tokens are accepted, and what the provider may call itself beyond `url`; default: `url` alone. */
  readonly issuers?: readonly string[]
  /** Default: every signature with a key pair; the provider's keys say which of them fit. */
  readonly algorithms?: readonly SignatureAlgorithm[]
  /** How long an answer of the provider may take; default 5. */
  readonly timeoutSeconds?: number
  /** The least time between two questions, whatever callers send and whether it answers; default 5. */
  readonly cooldownSeconds?: number
  /** When keys and metadata are asked for again: keys that were withdrawn are good until then; default 600. */
  readonly maxAgeSeconds?: number
  /** In place of the global `fetch`: for a proxy or a certificate authority of one's own. */
  readonly fetch?: typeof fetch
  /** Told of every question that failed, be it in the background while known keys serve; for logs. */
  readonly onProviderFailure?: (error: TokenError) => void
}

/**
 * Validates tokens of an OpenID provider, by discovery and its published keys.
 *
 * Nothing is asked before the first token. An unknown `kid` asks once more for the keys, within the cool-down; known
 * keys keep working while the provider is away. What is the provider's fault is `provider-unavailable`.
 *
 * The keys are kept here and not by jose's `createRemoteJWKSet`, which asks without a pause while the provider fails
 * and forgets keys that are due for renewal even when there are no newer ones.
 *
 * @example
 * const auth = new OpenIDAuth('https://id.example.org/realms/fruits', { audience: 'orchard' })
 * server.before(bearerAuthentication({ validator: auth }))
 */
export class OpenIDAuth implements TokenValidator {
  readonly #options: OpenIDAuthOptions
  readonly #algorithms: ReadonlySet<string>
  readonly #rules: Omit<ClaimRules, 'issuers'>
  readonly #issuers: readonly string[] | undefined
  readonly #metadata: RefreshingValue<ProviderMetadata>
  readonly #keys: RefreshingValue<ProviderKeys>

  /**
   * @param url the issuer; the discovery document is below it
   * @throws TypeError when an option makes no sense
   */
  constructor(url: string | URL, options: OpenIDAuthOptions = {}) {
    const {
      algorithms = signatureAlgorithms,
      issuers = [],
      cooldownSeconds = 5,
      maxAgeSeconds = 600,
    } = options
    if (algorithms.length === 0) throw new TypeError('without algorithms no token is accepted')
    const alien = algorithms.find((name) => !signatureAlgorithms.includes(name))
    if (alien !== undefined) throw new TypeError(`no provider publishes keys for ${alien}`)
    const provider = new URL(url).href
    this.#options = options
    this.#algorithms = new Set(algorithms)
    this.#rules = claimRules(options)
    this.#issuers = toList(options.issuers)
    const schedule = { maxAgeMs: maxAgeSeconds * 1000, cooldownMs: cooldownSeconds * 1000 }
    this.#metadata = new RefreshingValue({
      ...schedule,
      load: () => this.#ask((fetching) => loadMetadata(provider, issuers, fetching)),
    })
    this.#keys = new RefreshingValue({
      ...schedule,
      load: async () => {
        const { jwks_uri } = await this.#metadata.get()
        return await this.#ask((fetching) => loadKeys(jwks_uri, fetching))
      },
    })
  }

  /**
   * What the provider says of itself. Await it at the start to find a wrong address early.
   *
   * @throws TokenError `provider-unavailable`
   */
  async provider(): Promise<ProviderMetadata> {
    return await this.#metadata.get()
  }

  /**
   * The claims of a token of the provider that is good now.
   *
   * @param options.audience in place of that of the constructor
   * @throws TokenError
   */
  async validate(
    token: string,
    options: { readonly audience?: string | readonly string[] } = {},
  ): Promise<TokenClaims> {
    const claims = await verifySignature(token, this.#findKey)
    const issuers = this.#issuers ?? [(await this.#metadata.get()).issuer]
    const audience = options.audience === undefined ? this.#rules.audience : toList(options.audience)
    return checkClaims(claims, { ...this.#rules, issuers, audience }, (this.#options.now ?? Date.now)())
  }

  readonly #findKey = async (header: CompactJWSHeaderParameters) => {
    if (!this.#algorithms.has(header.alg)) {
      throw new TokenError('token-signature', `tokens signed with ${header.alg} are not accepted`)
    }
    const known = await this.#find(await this.#keys.get(), header)
    const key = known ?? (await this.#find(await this.#keys.renew(), header))
    if (key === undefined) throw new TokenError('token-key-unknown', 'the provider has no such key')
    return key
  }

  async #find(keys: ProviderKeys, header: CompactJWSHeaderParameters) {
    try {
      return await keys.find(header)
    } catch (error) {
      throw error instanceof TokenError ? error : this.#unavailable(error)
    }
  }

  async #ask<Answer>(question: (fetching: FetchOptions) => Promise<Answer>): Promise<Answer> {
    const { fetch = globalThis.fetch, timeoutSeconds = 5 } = this.#options
    try {
      return await question({ fetch, timeoutMs: timeoutSeconds * 1000 })
    } catch (error) {
      const failure = this.#unavailable(error)
      this.#options.onProviderFailure?.(failure)
      throw failure
    }
  }

  #unavailable(cause: unknown): TokenError {
    const message = `the OpenID provider cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`
    return new TokenError('provider-unavailable', message, {
      retryAfterSeconds: this.#options.cooldownSeconds ?? 5,
      cause,
    })
  }
}
