import type { SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from './hal-handler.ts'

/** The search methods of a resource, as they stand in their addresses. */
export interface SearchMethodsDeps extends HalDeps {
  /** Names, with a URI template (RFC 6570) for parameters that a method needs, e.g. `bySchema{?schema}`. */
  readonly methods: readonly string[]
}

/** `…/search`: which search methods a resource has (RestContract search-rels.md). */
export class SearchMethodsHandler extends HalHandler<SearchMethodsDeps> {
  override get(): SerializedJson | undefined {
    const links = this.deps.methods.map((method) => [nameOf(method), linkTo(this.address, method)] as const)
    return this.answerDocument({
      type: 'search',
      _links: { ...Object.fromEntries(links), self: { href: this.address } },
    })
  }
}

function nameOf(method: string): string {
  return method.replace(/\{.*$/, '')
}

function linkTo(address: string, method: string): { href: string; templated?: true } {
  const href = `${address}/${method}`
  return method.includes('{') ? { href, templated: true } : { href }
}
