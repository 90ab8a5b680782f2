import { json, isNotModified, type SerializedJson } from '@hexapla/rest'
import { digestTag } from '../hal/etag.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'

/** A primary endpoint, as the root document links to it. */
export interface Endpoint {
  readonly rel: string
  /** Below the API's root, or beginning with `/` below the server's; may hold a URI template. */
  readonly path: string
}

export interface RootDeps extends HalDeps {
  readonly name: string
  readonly version: string
  /** Where people look at the repository; the server itself unless a web UI is configured. */
  readonly uiUrl: () => string
  readonly endpoints: readonly Endpoint[]
}

/** The root of the API: a link to every primary endpoint (RestContract README, "Endpoints"). */
export class RootHandler extends HalHandler<RootDeps> {
  override get(): SerializedJson | undefined {
    const { text, etag } = prepared(this.deps)
    this.response.etag(etag)
    if (isNotModified(this.request, { etag })) return this.response.notModified()
    return json(text)
  }
}

/** The document never changes while the server runs, so it is written once. */
const documents = new WeakMap<RootDeps, { text: string; etag: string }>()

function prepared(deps: RootDeps): { text: string; etag: string } {
  const known = documents.get(deps)
  if (known !== undefined) return known
  const api = deps.api()
  const server = api.slice(0, -'/api'.length)
  const addressOf = (path: string) => (path.startsWith('/') ? `${server}${path}` : `${api}/${path}`)
  const links = deps.endpoints.map(({ rel, path }) => [rel, { href: addressOf(path) }] as const)
  const text = JSON.stringify({
    dspaceUI: deps.uiUrl(),
    dspaceName: deps.name,
    dspaceServer: server,
    dspaceVersion: `Hexapla ${deps.version}`,
    type: 'root',
    _links: { ...Object.fromEntries(links), self: { href: api } },
  })
  const made = { text, etag: digestTag(text) }
  documents.set(deps, made)
  return made
}
