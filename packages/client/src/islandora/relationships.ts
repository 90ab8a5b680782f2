import { apiPath } from './api-path.ts'
import { formFields, type FormValues } from './form-fields.ts'
import type { IslandoraApi, IslandoraCallOptions } from './islandora-api.ts'

/** A relationship (document 004, “List Existing Relationships”), as the server gives it. */
export interface RelationshipDocument {
  readonly predicate: {
    readonly value: string
    readonly alias: string | null
    /** `uri` of requests. */
    readonly namespace: string
  }
  readonly object: {
    readonly literal: boolean
    /** A pid, a URI or a text. */
    readonly value: string
  }
}

/** Which relationships; all of them where nothing is given. */
export interface RelationshipFilter {
  /** Namespace of the predicate, such as `info:fedora/fedora-system:def/model#`; needed with `predicate`. */
  readonly uri?: string
  /** Such as `hasModel`. */
  readonly predicate?: string
  readonly object?: string
  /** Whether `object` is a text. */
  readonly literal?: boolean
}

/** A new relationship. */
export interface NewRelationship {
  readonly uri: string
  readonly predicate: string
  readonly object: string
  /** What the object is: a pid or URI without it; `none` is a text without a type. */
  readonly type?: 'uri' | 'string' | 'int' | 'date' | 'none'
  /** URI of the datatype of a text, for those that `type` has no name for. */
  readonly datatype?: string
}

/** Relationships of the objects of a site. */
export interface IslandoraRelationships {
  readonly list: (
    pid: string,
    filter?: RelationshipFilter,
    options?: IslandoraCallOptions,
  ) => Promise<readonly RelationshipDocument[]>
  /** Sent once: Islandora adds the same relationship as often as it is told to. */
  readonly add: (pid: string, relationship: NewRelationship, options?: IslandoraCallOptions) => Promise<void>
  /** Removes every relationship that the filter lets through: all of them, where it is empty. */
  readonly remove: (pid: string, filter: RelationshipFilter, options?: IslandoraCallOptions) => Promise<void>
}

/** Document 004, from “List Existing Relationships” to “Remove An Existing Relationship”. */
export function islandoraRelationships(api: IslandoraApi): IslandoraRelationships {
  const path = (pid: string) => apiPath('object', pid, 'relationship')
  return {
    async list(pid, filter = {}, options = {}) {
      const query = formFields(valuesOf(filter))
      return (await api.read(path(pid), { ...options, query })) as readonly RelationshipDocument[]
    },
    async add(
      pid,
      { uri, predicate, object, datatype, type = datatype === undefined ? 'uri' : 'none' },
      options = {},
    ) {
      // `literal` and `datatype` are the words of document 004, `type` that of the program.
      const values = { uri, predicate, object, type, literal: type !== 'uri' || undefined, datatype }
      await api.ask('POST', path(pid), { ...options, body: new URLSearchParams(formFields(values)) })
    },
    async remove(pid, filter, options = {}) {
      await api.change('DELETE', path(pid), valuesOf(filter), options)
    },
  }
}

function valuesOf({ uri, predicate, object, literal }: RelationshipFilter): FormValues {
  return { uri, predicate, object, literal: literal === true ? true : undefined }
}
