import { openRepository, type Repository, type RepositoryConfig } from '@hexapla/repository'
import { RestServer, type Failure, type RestRequest } from '@hexapla/rest'
import { addressOf } from './address-of.ts'
import type { Config } from './config/config.ts'
import { loginMethods } from './dspace/authn/login-methods.ts'
import { addDSpaceDialect } from './dspace/dspace-dialect.ts'
import { errorDocument } from './dspace/http/error-document.ts'
import { toHttpError } from './dspace/http/error-table.ts'
import { islandoraError } from './islandora/http/error-answer.ts'
import { addIslandoraDialect, isIslandora } from './islandora/islandora-dialect.ts'
import { RESOURCE_METADATA, ResourceMetadataHandler } from './openid/resource-metadata-handler.ts'
import { openIdSignIn } from './openid/openid-sign-in.ts'
import { peleError } from './pele/http/pele-error.ts'
import { isPele } from './pele/pele-address.ts'
import { addPeleDialect } from './pele/pele-dialect.ts'
import { VERSION } from './version.ts'

/** A running server. */
export interface HexaplaServer {
  /** The address that clients use, without a slash at its end. */
  readonly url: string
  /** The address that is listened on: another than `url` behind a proxy. */
  readonly listening: string
  readonly repository: Repository
  /** Answers what is under way, then ends; see `RestServer.stop`. */
  stop(options?: { graceMs?: number }): Promise<void>
}

/** Each dialect's own form; documents about the server describe DSpace's. */
const representError = Object.assign((failure: Failure, request: RestRequest) => {
  const address = addressOf(request)
  if (isIslandora(address)) return islandoraError(failure)
  return isPele(address) ? peleError(failure) : errorDocument(failure, request)
}, errorDocument)

/** What is told to whoever opens a repository. */
export type OpeningOptions = Pick<RepositoryConfig, 'clock' | 'join' | 'log' | 'onDatabaseLost'>

const HOUR_MS = 3_600_000

/** How a repository is opened under a configuration. */
export function repositoryConfig(config: Config, options: OpeningOptions = {}): RepositoryConfig {
  return {
    dataDirectory: config.dataDirectory,
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
    naming: {
      handlePrefix: config.handlePrefix,
      handleResolver: config.handleResolver,
      pidNamespace: config.pidNamespace,
    },
    firstStart: {
      siteName: config.siteName,
      administrator: {
        email: config.administrator.email,
        ...(config.administrator.password === undefined ? {} : { password: config.administrator.password }),
      },
    },
    mail: config.mail,
    hitStore: config.hitStore,
    ...(config.solrUrl !== undefined && { solrUrl: config.solrUrl }),
    outside: {
      harvestHosts: config.outside.harvestHosts,
      datastreamHosts: config.outside.datastreamHosts,
      ...(config.outside.harvestHours > 0 && { harvestEvery: config.outside.harvestHours * HOUR_MS }),
      maxFileBytes: config.maxUploadBytes,
      externalSources: config.outside.externalSources,
    },
    ...options,
  }
}

/**
 * Opens the repository and serves it in all its dialects.
 *
 * @throws EmbeddedPostgresError when the database cannot be started
 */
export async function startServer(config: Config, options: OpeningOptions = {}): Promise<HexaplaServer> {
  // Commands beside a server may not know of its Solr; a server without one wants none.
  const repository = await openRepository({ solrUrl: null, ...repositoryConfig(config, options) })
  let listening = ''
  const publicUrl = () => config.publicUrl ?? listening
  const uiUrl = () => config.uiUrl ?? `${publicUrl()}/server`
  const clock = options.clock ?? (() => new Date())
  const openId =
    config.openId &&
    openIdSignIn(config.openId, {
      onFailure: ({ message }) => options.log?.(message),
      now: () => clock().getTime(),
    })
  const methods = loginMethods(
    openId && (() => `${publicUrl()}/server/api/authn/oidc?redirectUrl=${uiUrl()}`),
  )
  const server = new RestServer({
    logger: config.logLevel === 'silent' ? false : { level: config.logLevel, stream: process.stderr },
    trustProxy: [...config.trustedProxies],
    errorRepresentation: representError,
    mapError: toHttpError(methods),
    // dspace-rest-client says gzip of everything that it sends once it has uploaded a file, and sends it plain.
    contentCodings: 'ignored',
  })
  addDSpaceDialect(server, repository, {
    publicUrl,
    uiUrl,
    siteName: config.siteName,
    version: VERSION,
    tokenLifetimeSeconds: config.tokenLifetimeSeconds,
    tokenSecret: await repository.secret('dspace-token'),
    loginMethods: methods,
    openId,
    signInSecret: Buffer.from(await repository.secret('sign-in')).toString('base64url'),
    allowedOrigins: config.allowedOrigins,
    pageLimits: config.pageSizes,
    maxUploadBytes: config.maxUploadBytes,
    clock,
  })
  addIslandoraDialect(server, repository, {
    publicUrl,
    cookieSecret: await repository.secret('islandora-session'),
    openId,
    allowedOrigins: config.allowedOrigins,
    maxUploadBytes: config.maxUploadBytes,
    namespaces: config.islandora.namespaces,
    site: { name: config.siteName, version: VERSION, pidNamespace: config.pidNamespace },
    clock,
  })
  addPeleDialect(server, repository, {
    publicUrl,
    version: VERSION,
    tokenSecret: await repository.secret('pele-token'),
    tokenLifetimeSeconds: config.pele.tokenLifetimeSeconds,
    isClosed: config.pele.isClosed,
    isLimited: config.pele.isLimited,
    openId,
    clock,
  })
  if (config.openId !== undefined) {
    server.addRoute(`${RESOURCE_METADATA}/server`, ResourceMetadataHandler, {
      deps: { resource: () => `${publicUrl()}/server`, name: config.siteName, config: config.openId },
    })
  }
  try {
    listening = (await server.startup({ address: config.host, port: config.port })).url
  } catch (error) {
    await repository.close()
    throw error
  }
  return {
    url: publicUrl(),
    listening,
    repository,
    async stop(stopping) {
      await server.stop(stopping)
      await repository.close()
    },
  }
}
