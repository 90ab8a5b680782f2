import type { Page } from '@hexapla/repository'
import type { Records } from './resource-types.ts'
import type { View } from './view.ts'

/**
 * How one kind of record looks in the API: its properties, its links, and which of the links can be embedded.
 * One such table a noun; `render` does the rest.
 */
export interface ResourceType<T> {
  /** The `type` property that clients look for. */
  readonly type: string
  /** The name of a list of them in `_embedded`. */
  readonly plural: string
  /** The record's key among others of its type. */
  readonly id: (value: T) => string
  /** Its place below the API's root, e.g. `core/items/UUID`. */
  readonly path: (value: T) => string
  /** The properties, `type` included, without links. */
  readonly properties: (value: T, view: View) => Record<string, unknown>
  readonly links: readonly Link<T>[]
  /** The record's version counter, for its ETag; absent where there is none. */
  readonly version?: (value: T) => number
}

/** A link of a resource, which may also be a place for an embedded resource. */
export interface Link<T> {
  readonly name: string
  /** Its place below the API's root; `PATH/NAME` when absent, no link at all when it returns null. */
  readonly path?: (value: T) => string | null
  /** For a link that is an array of named links; embedded, it is an array too. */
  readonly paths?: (value: T) => readonly { readonly name: string; readonly path: string }[]
  readonly embed?: Embed<T>
}

/**
 * Loads what a link leads to, for many records with one call, so that a page costs the same number of statements
 * whatever its size. Keys are those of {@link ResourceType.id}; a missing one is embedded as null or an empty list.
 */
export type Embed<T> =
  | {
      readonly kind: 'one'
      readonly load: (view: View, values: readonly T[]) => Promise<ReadonlyMap<string, Resource>>
    }
  | {
      readonly kind: 'many'
      /** Names the list in the embedded document's own `_embedded`. */
      readonly of: keyof Records
      readonly load: (
        view: View,
        values: readonly T[],
        size: number,
      ) => Promise<ReadonlyMap<string, Page<Resource>>>
    }
  | {
      /** What an array of links leads to, in their order, without those that lead to nothing. */
      readonly kind: 'each'
      readonly load: (view: View, values: readonly T[]) => Promise<ReadonlyMap<string, readonly Resource[]>>
    }

/** A record together with how it looks. */
export interface Resource {
  readonly type: ResourceType<unknown>
  readonly value: unknown
}

/** Pairs a record with its type. */
export function resource<T>(type: ResourceType<T>, value: T): Resource {
  // The pair stays together from here on, so forgetting `T` loses nothing.
  return { type: type as unknown as ResourceType<unknown>, value }
}

/** The same for each record of a page. */
export function resourcePage<T>(type: ResourceType<T>, page: Page<T>): Page<Resource> {
  return { ...page, elements: page.elements.map((value) => resource(type, value)) }
}

/**
 * An embed of the one record that each value refers to.
 *
 * @param reference the key of the record referred to, or null
 * @param load loads the records of those keys
 */
export function embedOne<T, Kind extends keyof Records, Key extends string | number>(
  kind: Kind,
  idOf: (value: T) => string,
  reference: (value: T) => Key | null,
  load: (view: View, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Records[Kind]>>,
): Embed<T> {
  return {
    kind: 'one',
    async load(view, values) {
      const keys = new Set(values.map(reference).filter((key) => key !== null))
      const found = keys.size === 0 ? new Map<Key, Records[Kind]>() : await load(view, [...keys])
      const embedded = new Map<string, Resource>()
      for (const value of values) {
        const key = reference(value)
        const record = key === null ? undefined : found.get(key)
        if (record !== undefined) embedded.set(idOf(value), resourceOf(view, kind, record))
      }
      return embedded
    },
  }
}

/**
 * An embed of one record that is found by each value's own key.
 *
 * @param load loads the records, by the values' keys
 */
export function embedFound<T, Kind extends keyof Records>(
  kind: Kind,
  idOf: (value: T) => string,
  load: (view: View, ids: readonly string[]) => Promise<ReadonlyMap<string, Records[Kind]>>,
): Embed<T> {
  return {
    kind: 'one',
    async load(view, values) {
      const found = await load(view, values.map(idOf))
      return new Map([...found].map(([key, record]) => [key, resourceOf(view, kind, record)]))
    },
  }
}

/**
 * An embed of a list for each value.
 *
 * @param load loads the first pages of the values' lists, by the values' keys
 */
export function embedMany<T, Kind extends keyof Records>(
  kind: Kind,
  idOf: (value: T) => string,
  load: (
    view: View,
    ids: readonly string[],
    size: number,
  ) => Promise<ReadonlyMap<string, Page<Records[Kind]>>>,
): Embed<T> {
  return {
    kind: 'many',
    of: kind,
    async load(view, values, size) {
      const found = await load(view, values.map(idOf), size)
      return new Map(
        [...found].map(([key, page]) => [
          key,
          { ...page, elements: page.elements.map((record) => resourceOf(view, kind, record)) },
        ]),
      )
    },
  }
}

/** An embed of a document that is made of the value itself; nothing is loaded. */
export function embedView<T>(type: ResourceType<T>): Embed<T> {
  return {
    kind: 'one',
    load: (_view, values) =>
      Promise.resolve(new Map(values.map((value) => [type.id(value), resource(type, value)]))),
  }
}

function resourceOf<Kind extends keyof Records>(view: View, kind: Kind, record: Records[Kind]): Resource {
  return resource<Records[Kind]>(view.types[kind], record)
}
