import { SCOPES, type UseCases } from '@hexapla/repository'
import { ArgumentHandler, ArgumentTypeError, nullable, string, type SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { queryUuid, uuidOf } from '../hal/path-id.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import { apiTokenResource } from './api-token-resource.ts'

export interface ApiTokenDeps extends HalDeps {
  readonly apiTokens: UseCases['tokens']
}

/** The search methods of `authn/tokens`. */
export const TOKEN_SEARCHES = ['byEPerson{?uuid}'] as const

/** What is read of the document of a new token. */
export const tokenDocument = new ArgumentHandler('json', { unrecognized: 'ignore' })
  .add('name', { type: string() })
  .add('scope', { choices: SCOPES, default: 'read' })
  .add('expires', { type: nullable(moment), default: undefined })

/**
 * `authn/tokens`: one's own tokens for programs. The contract has nothing like it; the nearest, `authn/shortlivedtokens`,
 * gave the place.
 */
export class ApiTokensHandler extends HalHandler<ApiTokenDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const page = await this.deps.apiTokens.list(this.actor, {}, this.pageRequest())
    return this.answerPage(resourcePage(apiTokenResource, page), apiTokenResource.plural, {
      searchable: true,
    })
  }

  override async post(): Promise<SerializedJson | undefined> {
    const { name, scope, expires } = await tokenDocument.parse(this.request)
    const created = await this.deps.apiTokens.create(this.actor, {
      name,
      scope,
      ...(expires !== undefined && { expiresAt: expires }),
    })
    this.response.header('Cache-Control', 'no-store')
    return this.answerCreated(resource(apiTokenResource, created))
  }
}

/** `authn/tokens/search/byEPerson`: the tokens of somebody, for administrators. */
export class ApiTokensOfPersonHandler extends HalHandler<ApiTokenDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const personId = queryUuid(this.request, 'uuid')
    const page = await this.deps.apiTokens.list(this.actor, { personId }, this.pageRequest())
    return this.answerPage(resourcePage(apiTokenResource, page), apiTokenResource.plural)
  }
}

/** `authn/tokens/:id`; DELETE revokes it. */
export class ApiTokenHandler extends HalHandler<ApiTokenDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const token = await this.deps.apiTokens.read(this.actor, uuidOf(this.request))
    return this.answer(resource(apiTokenResource, token))
  }

  override async delete(): Promise<void> {
    await this.deps.apiTokens.revoke(this.actor, uuidOf(this.request))
  }
}

/** A moment, ISO 8601: a day alone is its beginning in UTC. */
function moment(raw: unknown): Date {
  const isMoment = typeof raw === 'string' && /^\d{4}-\d{2}-\d{2}(T.+(Z|[+-]\d{2}:?\d{2}))?$/.test(raw)
  const read = new Date(isMoment ? raw : NaN)
  if (Number.isNaN(read.getTime())) throw new ArgumentTypeError('must be a moment like 2027-01-31T00:00:00Z')
  return read
}
