import { apiPath } from './api-path.ts'
import type { DatastreamDocument, ObjectState } from './datastream-document.ts'
import { formFields } from './form-fields.ts'
import type { IslandoraApi, IslandoraCallOptions } from './islandora-api.ts'

/** An object (document 004, “Describe An Existing Object”), as the server gives it. */
export interface ObjectDocument {
  readonly pid: string
  readonly label: string
  readonly owner: string
  /** Pids of its content models. */
  readonly models: readonly string[]
  readonly state: ObjectState
  /** `yyyy-MM-ddTHH:mm:ss.SSSZ`, as `modified`. */
  readonly created: string
  readonly modified: string
  readonly datastreams: readonly DatastreamDocument[]
}

/** What may be said of a new object. Without a pid it gets the next one of the namespace, or of the server's own. */
export interface NewObject {
  readonly pid?: string
  readonly namespace?: string
  readonly label?: string
  /** Who is signed in, without it. */
  readonly owner?: string
}

/** What is to be another; what is not given stays. */
export interface ObjectChange {
  readonly label?: string
  readonly owner?: string
  readonly state?: ObjectState
}

/** Objects of a site. */
export interface IslandoraObjects {
  readonly read: (pid: string, options?: IslandoraCallOptions) => Promise<ObjectDocument>
  /** Sent once: after a broken connection nobody knows whether a pid was given. */
  readonly create: (object?: NewObject, options?: IslandoraCallOptions) => Promise<ObjectDocument>
  readonly change: (
    pid: string,
    change: ObjectChange,
    options?: IslandoraCallOptions,
  ) => Promise<Pick<ObjectDocument, 'pid' | 'label' | 'state' | 'owner' | 'modified'>>
  readonly delete: (pid: string, options?: IslandoraCallOptions) => Promise<void>
}

/** Document 004, from “Describe An Existing Object” to “Delete An Existing Object”. */
export function islandoraObjects(api: IslandoraApi): IslandoraObjects {
  return {
    read: async (pid, options = {}) => (await api.read(apiPath('object', pid), options)) as ObjectDocument,
    async create(object = {}, options = {}) {
      const body = new URLSearchParams(formFields({ ...object }))
      return (await api.ask('POST', apiPath('object'), { ...options, body })) as ObjectDocument
    },
    change: async (pid, change, options = {}) =>
      (await api.change('PUT', apiPath('object', pid), { ...change }, options)) as ObjectDocument,
    async delete(pid, options = {}) {
      await api.change('DELETE', apiPath('object', pid), {}, options)
    },
  }
}
