import { getArgument } from './arguments/get-argument.ts'
import { readJsonArguments, type JsonArguments } from './arguments/json-arguments.ts'
import type { ResourceDescription } from './openapi/description/resource-description.ts'
import type { RestRequest } from './request.ts'
import type { RestResponse } from './response.ts'

/** What a handler is made with: one request, its response, and the dependencies given in `addRoute`. */
export interface HandlerContext<Deps> {
  readonly deps: Deps
  readonly request: RestRequest
  readonly response: RestResponse
}

/**
 * A class is a resource, a method is a verb; one instance serves one request. Verbs without a method are answered
 * 405; HEAD is answered from `get`, OPTIONS with the list of verbs, unless the class has its own.
 *
 * A verb method returns the body: an object (JSON), a string, bytes, a stream, or `undefined` for none (204 unless
 * a status was set).
 *
 * @example
 * class Fruit extends RestHandler<{ fruits: FruitStore }> {
 *   override async get() {
 *     return await this.deps.fruits.find(this.request.param('name'))
 *   }
 * }
 */
export abstract class RestHandler<Deps = undefined> {
  readonly deps: Deps
  readonly request: RestRequest
  readonly response: RestResponse

  constructor(context: HandlerContext<Deps>) {
    this.deps = context.deps
    this.request = context.request
    this.response = context.response
  }

  /**
   * One argument by name: from the query, else from the JSON body, else `fallback`. For many, or typed ones, there is
   * {@link ArgumentHandler}.
   *
   * @throws HttpError 400 `invalid-arguments` when it is absent and there is no fallback; and those of `jsonArguments`.
   */
  protected async getArgument(name: string, ...fallback: [] | [fallback: unknown]): Promise<unknown> {
    return await getArgument(this.request, name, ...fallback)
  }

  /**
   * The JSON object that is the body, an empty one when there is no body; read once, however often it is asked for.
   *
   * @throws HttpError 400 `invalid-arguments` when the body is no object; and those of `request.json()`.
   */
  protected async jsonArguments(): Promise<JsonArguments> {
    return await readJsonArguments(this.request)
  }

  /** Runs before the verb method, after the hooks of the server; throws to refuse. */
  prepare?(): void | Promise<void>

  get?(): unknown
  head?(): unknown
  post?(): unknown
  put?(): unknown
  patch?(): unknown
  delete?(): unknown
  options?(): unknown
}

/** A concrete {@link RestHandler} class, as `addRoute` takes it. */
export interface HandlerClass<Deps> {
  new (context: HandlerContext<Deps>): RestHandler<Deps>
  /** What it is for, for documents about it. */
  readonly api?: ResourceDescription
}
