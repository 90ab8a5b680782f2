import type { Actor, Related } from '@hexapla/repository'
import type { ResourceTypes } from './resource-types.ts'

/** For whom and with which addresses documents are written. */
export interface View {
  readonly actor: Actor
  /** Absolute address of the API's root, e.g. `http://127.0.0.1:8080/server/api`. */
  readonly api: string
  /** Loads related records that the actor may see, many at a time. */
  readonly related: Related
  readonly types: ResourceTypes
}

/** The absolute address of a place below the API's root. */
export function hrefOf(view: View, path: string): string {
  return `${view.api}/${path}`
}
