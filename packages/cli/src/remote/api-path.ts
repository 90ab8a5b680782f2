/**
 * The path that a person means: `/…` goes after the endpoint, `core/items` after its `/api/`, and a URL stays one.
 */
export function apiPath(path: string): string {
  return path.startsWith('/') || /^https?:\/\//i.test(path) ? path : `/api/${path}`
}
