import type { SettingReader } from './setting-reader.ts'

/** How people sign in with an OpenID provider. */
export interface OpenIdConfig {
  readonly issuer: string
  readonly clientId: string
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined
  readonly scopes: readonly string[]
  /** What `aud` of the provider's tokens must name, for the APIs to take them. */
  readonly audience: readonly string[]
  /** Where the provider's tokens tell what, by name or by path (`realm_access.roles`). */
  readonly claims: {
    readonly email: string
    readonly firstName: string
    readonly lastName: string
    readonly groups: string
  }
  /** Whether the provider's addresses are believed without `email_verified`. */
  readonly trustEmail: boolean
  /** Whether somebody new gets an account. */
  readonly makePeople: boolean
  /** In lower case; empty for any. */
  readonly allowedDomains: readonly string[]
  /** Empty for any. */
  readonly allowedGroups: readonly string[]
  /** How long after signing in a session may be renewed. */
  readonly sessionSeconds: number
  /** The client that programs without a browser sign people in with (`hexapla login --device`). */
  readonly deviceClientId: string | undefined
}

const PREFIX = 'HEXAPLA_OPENID_'
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** Reads the settings of the OpenID provider; those beside `HEXAPLA_OPENID_ISSUER` are faults without it. */
export function readOpenIdConfig(read: SettingReader): OpenIdConfig | undefined {
  const issuer = read.optional(`${PREFIX}ISSUER`)
  const clientId = read.optional(`${PREFIX}CLIENT_ID`)
  const config = {
    clientSecret: read.optional(`${PREFIX}CLIENT_SECRET`),
    scopes: read.list(`${PREFIX}SCOPES`),
    audience: read.list(`${PREFIX}AUDIENCE`),
    claims: {
      email: read.text(`${PREFIX}CLAIM_EMAIL`, 'email'),
      firstName: read.text(`${PREFIX}CLAIM_FIRST_NAME`, 'given_name'),
      lastName: read.text(`${PREFIX}CLAIM_LAST_NAME`, 'family_name'),
      groups: read.text(`${PREFIX}CLAIM_GROUPS`, 'groups'),
    },
    trustEmail: read.choice(`${PREFIX}TRUST_EMAIL`, ['on', 'off'], 'off') === 'on',
    makePeople: read.choice(`${PREFIX}MAKE_PEOPLE`, ['on', 'off'], 'off') === 'on',
    allowedDomains: read.list(`${PREFIX}ALLOWED_DOMAINS`).map((domain) => domain.toLowerCase()),
    // Names of groups may have spaces.
    allowedGroups: read.list(`${PREFIX}ALLOWED_GROUPS`, /,/),
    sessionSeconds: 3600 * read.number(`${PREFIX}SESSION_HOURS`, 12, { least: 1, most: 8760 }),
    deviceClientId: read.optional(`${PREFIX}DEVICE_CLIENT_ID`),
  }
  if (issuer === undefined) {
    if (read.isAnySet(PREFIX)) read.fault(`${PREFIX}ISSUER is missing, without which the others mean nothing`)
    return undefined
  }
  if (!isProtected(issuer)) read.fault(`${PREFIX}ISSUER must be an address that begins with https://`)
  if (clientId === undefined) read.fault(`${PREFIX}CLIENT_ID is missing`)
  const scopes = config.scopes.length === 0 ? ['openid', 'email', 'profile'] : config.scopes
  if (!scopes.includes('openid')) read.fault(`${PREFIX}SCOPES must name openid`)
  const client = clientId ?? ''
  return {
    ...config,
    issuer,
    clientId: client,
    scopes,
    audience: config.audience.length === 0 ? [client] : config.audience,
  }
}

/** Tokens and secrets pass: plain HTTP only within this machine. */
function isProtected(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname))
}
