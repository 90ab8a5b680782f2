import type { SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from './hal-handler.ts'

/** The names of a resource's search methods, as they stand in their addresses. */
export interface SearchMethodsDeps extends HalDeps {
  readonly methods: readonly string[]
}

/** `…/search`: which search methods a resource has (RestContract search-rels.md). */
export class SearchMethodsHandler extends HalHandler<SearchMethodsDeps> {
  override get(): SerializedJson | undefined {
    const links = this.deps.methods.map((name) => [name, { href: `${this.address}/${name}` }] as const)
    return this.answerDocument({ _links: { ...Object.fromEntries(links), self: { href: this.address } } })
  }
}
