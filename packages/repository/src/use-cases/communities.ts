import { createCommunity } from '../services/communities/create-community.ts'
import { deleteCommunity } from '../services/communities/delete-community.ts'
import { listCommunities, listPermittedCommunities } from '../services/communities/list-communities.ts'
import { patchCommunity } from '../services/communities/patch-community.ts'
import { readCommunity } from '../services/communities/read-community.ts'
import { replaceCommunity } from '../services/communities/replace-community.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with communities. */
export function communitiesUseCases(deps: UseCaseDeps) {
  return {
    create: createCommunity(deps),
    delete: deleteCommunity(deps),
    list: listCommunities(deps),
    listPermitted: listPermittedCommunities(deps),
    patch: patchCommunity(deps),
    read: readCommunity(deps),
    replace: replaceCommunity(deps),
  }
}
