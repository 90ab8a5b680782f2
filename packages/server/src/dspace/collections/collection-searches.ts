import { HttpError, type RestRequest, type SerializedJson } from '@hexapla/rest'
import { HalHandler } from '../hal/hal-handler.ts'
import { queryUuid } from '../hal/path-id.ts'
import { resourcePage } from '../hal/resource.ts'
import type { CollectionDeps } from './collection-handlers.ts'

/** The search methods of collections (RestContract collections.md, "Search methods"). */
export const COLLECTION_SEARCHES = [
  'findSubmitAuthorized',
  'findSubmitAuthorizedByEntityType{?entityType}',
  'findSubmitAuthorizedByCommunity{?uuid}',
  'findSubmitAuthorizedByCommunityAndEntityType{?uuid,entityType}',
  'findAdminAuthorized',
  'findEditAuthorized',
] as const

/** By what else than words a search method selects. */
export interface SubmittableCollectionsDeps extends CollectionDeps {
  readonly by: { readonly community: boolean; readonly entityType: boolean }
}

/** `core/collections/search/findSubmitAuthorized…`. */
export class SubmittableCollectionsHandler extends HalHandler<SubmittableCollectionsDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { by, collections, types } = this.deps
    const query = {
      words: this.request.query.get('query') ?? '',
      ...(by.community ? { communityId: queryUuid(this.request, 'uuid') } : {}),
      ...(by.entityType ? { entityType: queryText(this.request, 'entityType') } : {}),
    }
    const page = await collections.listSubmittable(this.actor, query, this.pageRequest())
    return this.answerPage(resourcePage(types.collection, page), types.collection.plural)
  }
}

/** What the caller must be permitted to do to the collections that are listed. */
export interface PermittedCollectionsDeps extends CollectionDeps {
  readonly action: 'ADMIN' | 'WRITE'
}

/** `core/collections/search/findAdminAuthorized` and `findEditAuthorized`. */
export class PermittedCollectionsHandler extends HalHandler<PermittedCollectionsDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { action, collections, types } = this.deps
    const words = this.request.query.get('query') ?? ''
    const page = await collections.listPermitted(this.actor, { action, words }, this.pageRequest())
    return this.answerPage(resourcePage(types.collection, page), types.collection.plural)
  }
}

function queryText(request: RestRequest, name: string): string {
  const value = request.query.get(name)?.trim() ?? ''
  if (value !== '') return value
  throw new HttpError(400, 'argument-invalid', `The parameter ${name} is missing`, {
    fields: [{ name, message: 'is missing' }],
  })
}
