import type { Page } from '@hexapla/repository'
import { embedFor, type EmbedNode, type EmbedTree } from './embed-tree.ts'
import type { Embed, Resource, ResourceType } from './resource.ts'
import { hrefOf, type View } from './view.ts'

/** A HAL document. */
export interface HalDocument {
  _links: Record<string, unknown>
  _embedded?: Record<string, unknown>
  [property: string]: unknown
}

/**
 * Writes resources as HAL documents with what is to be embedded in them. Each level of embedding is loaded for all
 * resources at once.
 */
export async function render(
  view: View,
  resources: readonly Resource[],
  embeds: EmbedTree,
): Promise<HalDocument[]> {
  const documents = resources.map((resource) => bareDocument(view, resource))
  if (embeds.children.size > 0 || embeds.everything > 0) {
    const byType = Map.groupBy(resources.keys(), (index) => resources[index]?.type)
    await Promise.all(
      [...byType].flatMap(([type, indexes]) =>
        type === undefined
          ? []
          : embedInto(
              view,
              type,
              indexes.map((index) => pick(resources, documents, index)),
              embeds,
            ),
      ),
    )
  }
  return documents
}

/** A resource without anything embedded. */
export function bareDocument(view: View, { type, value }: Resource): HalDocument {
  const path = type.path(value)
  const links: Record<string, unknown> = {}
  for (const link of type.links) {
    if (link.paths !== undefined) {
      links[link.name] = link.paths(value).map(({ name, path }) => ({ name, href: hrefOf(view, path) }))
      continue
    }
    const target = link.path === undefined ? `${path}/${link.name}` : link.path(value)
    if (target !== null) links[link.name] = { href: hrefOf(view, target) }
  }
  links['self'] = { href: hrefOf(view, path) }
  return { ...type.properties(value, view), _links: links }
}

interface Place {
  readonly value: unknown
  readonly document: HalDocument
}

function pick(resources: readonly Resource[], documents: readonly HalDocument[], index: number): Place {
  const resource = resources[index]
  const document = documents[index]
  if (resource === undefined || document === undefined) throw new RangeError(`No resource at ${index}`)
  return { value: resource.value, document }
}

function embedInto(
  view: View,
  type: ResourceType<unknown>,
  places: readonly Place[],
  embeds: EmbedTree,
): Promise<void>[] {
  return type.links.flatMap((link) => {
    const node = embedFor(embeds, link.name)
    // Clients ask for embeds that a type does not have; those are ignored.
    if (node === undefined || link.embed === undefined) return []
    return [fill(view, type, link.name, link.embed, places, node)]
  })
}

async function fill(
  view: View,
  type: ResourceType<unknown>,
  name: string,
  embed: Embed<unknown>,
  places: readonly Place[],
  node: EmbedNode,
): Promise<void> {
  const values = places.map((place) => place.value)
  if (embed.kind === 'one') {
    const found = await embed.load(view, values)
    const documentOf = await renderEach(view, [...found.values()], node)
    for (const { value, document } of places) {
      const target = found.get(type.id(value))
      put(document, name, target === undefined ? null : documentOf.get(target))
    }
    return
  }
  if (embed.kind === 'each') {
    const found = await embed.load(view, values)
    const documentOf = await renderEach(view, [...found.values()].flat(), node)
    for (const { value, document } of places) {
      const targets = found.get(type.id(value)) ?? []
      put(
        document,
        name,
        targets.map((target) => documentOf.get(target)),
      )
    }
    return
  }
  const found = await embed.load(view, values, node.size)
  const documentOf = await renderEach(
    view,
    [...found.values()].flatMap((page) => page.elements),
    node,
  )
  for (const { value, document } of places) {
    const page = found.get(type.id(value)) ?? { elements: [], number: 0, size: node.size, total: 0 }
    const elements = page.elements.map((resource) => documentOf.get(resource))
    const self = document._links[name] as { href: string } | undefined
    put(
      document,
      name,
      listDocument(view.types[embed.of].plural, elements, page, { self: { href: self?.href ?? '' } }),
    )
  }
}

async function renderEach(
  view: View,
  resources: readonly Resource[],
  embeds: EmbedTree,
): Promise<ReadonlyMap<Resource, HalDocument | undefined>> {
  const documents = await render(view, resources, embeds)
  return new Map(resources.map((resource, index) => [resource, documents[index]]))
}

/** HAL needs the link wherever something is embedded: clients read it (dspace-ui H2). */
function put(document: HalDocument, name: string, embedded: unknown): void {
  if (!Object.hasOwn(document._links, name)) return
  document._embedded ??= {}
  document._embedded[name] = embedded
}

/** A list as a HAL document; an empty one has no `_embedded` (dspace-ui H4). */
export function listDocument(
  plural: string,
  elements: readonly unknown[],
  page: Pick<Page<unknown>, 'number' | 'size' | 'total'>,
  links: Record<string, unknown>,
): HalDocument {
  return {
    ...(elements.length === 0 ? {} : { _embedded: { [plural]: elements } }),
    _links: links,
    page: {
      size: page.size,
      totalElements: page.total,
      totalPages: Math.ceil(page.total / page.size),
      number: page.number,
    },
  }
}
