import { readIslandoraConfig, type IslandoraSettings } from './islandora-config.ts'
import type { HitStore } from '@hexapla/repository'
import { readHitStore } from './hit-store.ts'
import { readMailConfig, type MailConfig } from './mail-config.ts'
import { readOutsideSettings, type OutsideSettings } from './outside-config.ts'
import { readOpenIdConfig, type OpenIdConfig } from './openid-config.ts'
import { readPeleConfig, type PeleConfig } from './pele-config.ts'
import type { Environment } from './read-environment.ts'
import { SettingReader } from './setting-reader.ts'

/** The whole configuration, checked. `docs/configuration.md` explains each setting. */
export interface Config {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly dataDirectory: string
  readonly databaseUrl: string | undefined
  /** Without a slash at its end; the address that is listened on when undefined. */
  readonly publicUrl: string | undefined
  readonly uiUrl: string | undefined
  readonly siteName: string
  readonly administrator: { readonly email: string; readonly password: string | undefined }
  /** Whether a repository that is new is filled with a sample. */
  readonly sample: boolean
  readonly allowedOrigins: readonly string[]
  readonly trustedProxies: readonly string[]
  readonly tokenLifetimeSeconds: number
  readonly pageSizes: { readonly anonymous: number; readonly person: number; readonly administrator: number }
  /** bytes */
  readonly maxUploadBytes: number
  readonly handlePrefix: string
  readonly handleResolver: string
  readonly pidNamespace: string
  readonly logLevel: LogLevel
  /** Undefined without an OpenID provider. */
  readonly openId: OpenIdConfig | undefined
  readonly outside: OutsideSettings
  /** The core or collection of a Solr that answers searches; undefined for PostgreSQL. */
  readonly solrUrl: string | undefined
  readonly islandora: IslandoraSettings
  readonly pele: PeleConfig
  readonly mail: MailConfig
  /** Where rate limits are counted. */
  readonly hitStore: HitStore
}

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Every fault of the configuration at once, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'CONFIG_INVALID'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The configuration has faults:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

/**
 * Checks the settings and fills in defaults.
 *
 * @throws ConfigError `CONFIG_INVALID` naming every fault
 */
export function parseConfig(environment: Environment): Config {
  const read = new SettingReader(environment)
  const databaseUrl = read.connection('DATABASE_URL')
  const config: Config = {
    host: read.text('HEXAPLA_HOST', '127.0.0.1'),
    port: read.number('HEXAPLA_PORT', 8080, { least: 0, most: 65_535 }),
    dataDirectory: read.text('HEXAPLA_DATA', './data'),
    databaseUrl,
    publicUrl: read.url('HEXAPLA_PUBLIC_URL', ['http:', 'https:']),
    uiUrl: read.url('HEXAPLA_UI_URL', ['http:', 'https:']),
    siteName: read.text('HEXAPLA_NAME', 'Hexapla'),
    administrator: {
      email: read.text('HEXAPLA_ADMIN_EMAIL', 'admin@localhost.localdomain'),
      password: read.optional('HEXAPLA_ADMIN_PASSWORD'),
    },
    // A database that somebody set up is meant for something.
    sample: read.choice('HEXAPLA_SAMPLE', ['on', 'off'], databaseUrl === undefined ? 'on' : 'off') === 'on',
    allowedOrigins: read.origins('HEXAPLA_ALLOWED_ORIGINS'),
    trustedProxies: read.list('HEXAPLA_TRUSTED_PROXIES'),
    tokenLifetimeSeconds: read.number('HEXAPLA_TOKEN_SECONDS', 1800, { least: 1, most: 31_536_000 }),
    pageSizes: {
      anonymous: read.number('HEXAPLA_PAGE_SIZE_ANONYMOUS', 100, { least: 1, most: 100_000 }),
      person: read.number('HEXAPLA_PAGE_SIZE_PERSON', 1000, { least: 1, most: 100_000 }),
      administrator: read.number('HEXAPLA_PAGE_SIZE_ADMINISTRATOR', 10_000, { least: 1, most: 100_000 }),
    },
    maxUploadBytes: read.number('HEXAPLA_MAX_UPLOAD_BYTES', 2 ** 40, {
      least: 1,
      most: Number.MAX_SAFE_INTEGER,
    }),
    handlePrefix: read.text('HEXAPLA_HANDLE_PREFIX', '123456789'),
    handleResolver: read.text('HEXAPLA_HANDLE_RESOLVER', 'https://hdl.handle.net/'),
    pidNamespace: read.text('HEXAPLA_PID_NAMESPACE', 'hexapla'),
    logLevel: read.choice('HEXAPLA_LOG_LEVEL', LOG_LEVELS, 'warn'),
    openId: readOpenIdConfig(read),
    outside: readOutsideSettings(read),
    solrUrl: read.url('HEXAPLA_SOLR_URL', ['http:', 'https:']),
    islandora: readIslandoraConfig(read),
    pele: readPeleConfig(read),
    mail: readMailConfig(read),
    hitStore: readHitStore(read),
  }
  // Those of the client commands may be set beside.
  for (const name of [
    'HEXAPLA_ENDPOINT',
    'HEXAPLA_ISLANDORA',
    'HEXAPLA_PELE',
    'HEXAPLA_USER',
    'HEXAPLA_PASSWORD',
    'HEXAPLA_TOKEN',
  ])
    read.optional(name)
  read.refuseUnknown('HEXAPLA_')
  if (read.faults.length > 0) throw new ConfigError(read.faults)
  return Object.freeze(config)
}
