import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { fastify, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { ErrorMapper } from '../failure.ts'
import type { HandlerClass } from '../handler.ts'
import { HttpError } from '../http-error.ts'
import { defaultLimits, type ServerLimits } from '../limits.ts'
import { createLoadShedding } from '../load/load-shedding.ts'
import type { RouteStatsOptions } from '../load/route-stats.ts'
import { loggerOptions, type LoggerOption } from '../logging.ts'
import {
  describeRoutes,
  type DescribedRoute,
  type OpenApiOptions,
} from '../openapi/description/describe-routes.ts'
import type { OpenApiDocument, SecurityScheme } from '../openapi/description/document.ts'
import { problemRepresentation, type ErrorRepresentation } from '../problem.ts'
import type { RestRequest } from '../request.ts'
import type { RestResponse } from '../response.ts'
import { startRequestSpan } from '../telemetry/request-span.ts'
import { answerClientError } from './client-error.ts'
import { ExchangeWatch, type ResponseOutcome, type WatchSettings } from './exchange-watch.ts'
import { runExchange, type BeforeHook, type ExchangeSettings } from './exchange.ts'
import { requestIdSource } from './request-id.ts'
import { requestLevels, requestLog } from './request-log.ts'
import { prepareRoute, routedMethods, type Route } from './route.ts'
import { trustFunction, type TrustProxy } from './trust-proxy.ts'

/** Options of {@link RestServer}; all have defaults. */
export interface RestServerOptions {
  /** Default `false`: silence. */
  readonly logger?: LoggerOption
  /** Default `false`: nobody is believed. */
  readonly trustProxy?: TrustProxy
  readonly limits?: Partial<ServerLimits>
  /** Default: problem documents (RFC 9457). */
  readonly errorRepresentation?: ErrorRepresentation
  /** The table of the application's own errors. */
  readonly mapError?: ErrorMapper
  /** Runs before every other hook, on every path and verb: the place for cross-origin rules and preflight answers. */
  readonly cors?: BeforeHook
  /**
   * Refuses calls of routes that take too long, by chance, with 503 and `Retry-After`; see {@link RouteStats}. It runs
   * before all hooks but `cors`. Default `false`.
   */
  readonly loadShedding?: boolean | RouteStatsOptions
  /**
   * A SERVER span for each request, when the application has registered an OpenTelemetry SDK. Default `true`; `false`
   * where something else makes them.
   */
  readonly tracing?: boolean
  /** Called once when an exchange is over; what it throws is logged. */
  readonly onResponse?: (request: RestRequest, response: RestResponse, outcome: ResponseOutcome) => void
  /**
   * A body whose `Content-Encoding` names a coding is refused with 415 (the default), or read as it comes, as servlet
   * containers do: some clients name a coding and send plain bodies.
   */
  readonly contentCodings?: 'refused' | 'ignored'
  /** `/a/` is `/a`. Default `false`. */
  readonly ignoreTrailingSlash?: boolean
}

/** Options of a route; `deps` is needed when the handler has dependencies. */
export interface RouteOptions<Deps> {
  readonly deps: Deps
  /** Largest body in memory in bytes, in place of `limits.bodyBytes`. */
  readonly bodyLimit?: number
}

/** Where a server listens. */
export interface ListeningServer {
  /** E.g. `http://127.0.0.1:8080`. */
  readonly url: string
  readonly address: string
  readonly port: number
}

type RouteArguments<Deps> = undefined extends Deps
  ? [options?: Partial<RouteOptions<Deps>>]
  : [options: RouteOptions<Deps>]

/**
 * An HTTP server of {@link RestHandler} classes.
 *
 * @example
 * const server = new RestServer()
 * server.addRoute('/fruits/:name', Fruit, { deps: { fruits } })
 * const { url } = await server.startup({ address: '127.0.0.1', port: 0 })
 */
export class RestServer {
  readonly #fastify: FastifyInstance
  readonly #hooks: BeforeHook[] = []
  readonly #routes: DescribedRoute[] = []
  readonly #settings: ExchangeSettings
  readonly #watchSettings: WatchSettings
  readonly #watches: boolean
  readonly #traces: boolean
  readonly #awaitingContinue = new WeakSet<IncomingMessage>()
  /** Open connections, with the latest response on each. */
  readonly #sockets = new Map<Socket, ServerResponse | undefined>()
  #stopping = false

  constructor(options: RestServerOptions = {}) {
    const limits = { ...defaultLimits, ...options.limits }
    const { loadShedding = false, onResponse } = options
    const shedding =
      loadShedding === false ? undefined : createLoadShedding(loadShedding === true ? {} : loadShedding)
    const logs = requestLevels(options.logger ?? false)
    this.#watchSettings = { logs, shedding, onResponse }
    // To follow an exchange costs a third of a small answer: lines about refusals alone are not worth it.
    this.#watches = logs.has('info') || shedding !== undefined || onResponse !== undefined
    this.#traces = options.tracing ?? true
    this.#settings = {
      limits,
      hooks: this.#hooks,
      errorRepresentation: options.errorRepresentation ?? problemRepresentation,
      mapError: options.mapError,
      awaitingContinue: this.#awaitingContinue,
      isStopping: () => this.#stopping,
      ignoresCodings: options.contentCodings === 'ignored',
      logs,
    }
    if (options.cors !== undefined) this.#hooks.push(options.cors)
    if (shedding !== undefined) this.#hooks.push((request) => shedding.admit(request))
    this.#fastify = this.#createFastify(options, limits)
  }

  /**
   * Adds a resource. `:name` in `path` is a parameter, a trailing `*` is the rest of the path.
   *
   * @throws Error when the path is taken, or the server was started.
   */
  addRoute<Deps = undefined>(path: string, Handler: HandlerClass<Deps>, ...rest: RouteArguments<Deps>): this {
    const [options] = rest
    const route = prepareRoute<Deps>(path, Handler, {
      // By RouteArguments it is absent only where Deps includes undefined.
      deps: options?.deps as Deps,
      bodyLimit: options?.bodyLimit ?? this.#settings.limits.bodyBytes,
    })
    this.#routes.push({ path, Handler })
    this.#fastify.route({
      method: routedMethods,
      url: path,
      // Taken over before Fastify looks at the body: reading it is up to the handler.
      onRequest: (request, reply) => this.#run(request, reply, route),
      handler: (request, reply) => this.#run(request, reply, route),
    })
    return this
  }

  /** Adds a hook that runs on the headers of every request, in the order of addition; see {@link BeforeHook}. */
  before(hook: BeforeHook): this {
    this.#hooks.push(hook)
    return this
  }

  /**
   * An OpenAPI 3.1 document of all routes added so far, from their verbs, arguments, guards and descriptions; see
   * {@link ResourceDescription}. Hooks tell the ways to sign in.
   *
   * @throws TypeError when two operations have one `operationId`
   * @example
   * const api = publishApi(() => server.openapi({ info: { title: 'Orchard', version: '1.2.0' } }))
   * server.addRoute('/openapi.json', OpenApiHandler, { deps: api })
   */
  openapi(options: OpenApiOptions): OpenApiDocument {
    const schemes = this.#hooks.map(({ securitySchemes }) => securitySchemes ?? {})
    return describeRoutes(
      {
        routes: this.#routes,
        securitySchemes: Object.assign({}, ...schemes) as Record<string, SecurityScheme>,
        errors: this.#settings.errorRepresentation.described,
      },
      options,
    )
  }

  /** Starts to listen; port 0 takes any free one. */
  async startup(options: { readonly address: string; readonly port: number }): Promise<ListeningServer> {
    await this.#fastify.listen({ host: options.address, port: options.port })
    // It listens on a host and port, never on a pipe, so the address is not a string.
    const { address, family, port } = this.#fastify.server.address() as AddressInfo
    const host = family === 'IPv6' ? `[${address}]` : address
    return { url: `http://${host}:${port}`, address, port }
  }

  /**
   * Stops: no new connections, running requests are answered, idle connections closed; what still runs after
   * `graceMs` (default 10 s) is cut.
   */
  async stop(options: { readonly graceMs?: number } = {}): Promise<void> {
    this.#stopping = true
    const { server } = this.#fastify
    // A connection that never sent a byte counts as busy to Node, until its headers time out.
    for (const socket of this.#sockets.keys()) if (socket.bytesRead === 0) socket.destroy()
    // A connection whose answer began before the stop becomes idle later, and nothing tells of it.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    const force = setTimeout(() => server.closeAllConnections(), options.graceMs ?? 10_000)
    try {
      await this.#fastify.close()
    } finally {
      clearInterval(sweep)
      clearTimeout(force)
    }
  }

  #createFastify(options: RestServerOptions, limits: ServerLimits): FastifyInstance {
    const trusts = trustFunction(options.trustProxy)
    const instance = fastify({
      logger: loggerOptions(options.logger ?? false),
      logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
      genReqId: requestIdSource(trusts),
      trustProxy: trusts ?? false,
      // A log of its own for each request costs more than routing it; `requestLog` makes one when a line is written.
      childLoggerFactory: (logger) => logger,
      exposeHeadRoutes: false,
      return503OnClosing: false,
      clientErrorHandler: (error, socket) => answerClientError(error, socket, this.#sockets.get(socket)),
      serverFactory: (handler) => this.#createServer(limits, handler),
      routerOptions: {
        ignoreTrailingSlash: options.ignoreTrailingSlash ?? false,
        // Bounded by the limit on headers already.
        maxParamLength: limits.headerBytes,
        // Queries are parsed when a handler asks for one.
        querystringParser: () => ({}),
      },
      frameworkErrors: (error, request, reply) => {
        this.#run(
          request,
          reply,
          undefined,
          new HttpError(400, 'malformed-path', 'the path is malformed', { cause: error }),
        )
      },
    })
    instance.removeAllContentTypeParsers()
    instance.addContentTypeParser('*', (_request, _payload, done) => done(null))
    instance.setNotFoundHandler((request, reply) => this.#run(request, reply, undefined))
    // Reached only by unknown paths with a malformed Content-Type, which Fastify refuses by itself.
    instance.setErrorHandler((_error, request, reply) => this.#run(request, reply, undefined))
    return instance
  }

  #createServer(
    limits: ServerLimits,
    handler: (raw: IncomingMessage, response: ServerResponse) => void,
  ): Server {
    // Node refuses a limit on headers that is longer than that on the whole request.
    const headersTimeout = Math.min(limits.headersTimeoutMs, limits.requestTimeoutMs || Infinity)
    const server = createServer(
      {
        maxHeaderSize: limits.headerBytes,
        headersTimeout,
        requestTimeout: limits.requestTimeoutMs,
        keepAliveTimeout: limits.keepAliveTimeoutMs,
        connectionsCheckingInterval: Math.min(30_000, Math.max(50, headersTimeout / 4)),
      },
      handler,
    )
    server.on('checkContinue', (raw: IncomingMessage, response: ServerResponse) => {
      this.#awaitingContinue.add(raw)
      handler(raw, response)
    })
    server.on('connection', (socket) => {
      this.#sockets.set(socket, undefined)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    return server
  }

  #run(request: FastifyRequest, reply: FastifyReply, route: Route | undefined, refusal?: HttpError): void {
    reply.hijack()
    this.#sockets.set(request.raw.socket, reply.raw)
    const span = this.#traces ? startRequestSpan(request.raw, request, route?.path) : undefined
    const incoming = {
      raw: request.raw,
      rawResponse: reply.raw,
      id: request.id,
      // The router decodes parameters to strings.
      // Null where the path is malformed.
      params: (request.params ?? {}) as Record<string, string>,
      log: requestLog(this.#fastify.log, request.id),
      caller: request,
      watch: this.#watches || span !== undefined ? new ExchangeWatch(this.#watchSettings, span) : undefined,
    }
    if (span === undefined) void runExchange(this.#settings, incoming, route, refusal)
    else void span.run(() => runExchange(this.#settings, incoming, route, refusal))
  }
}
