import type { RestRequest } from '@hexapla/rest'

/**
 * What rules about addresses look at: the pattern of the route that answers. A path can be written in many ways
 * (`/%73erver` is `/server` to the router), and none of them may get around a rule. Without a route it is the path.
 */
export function addressOf(request: Pick<RestRequest, 'route' | 'path'>): string {
  return request.route ?? request.path
}
