import type { DocumentVerb, OperationDescription } from '@hexapla/rest'

/** What one address does, by verb. */
export type Operations = { readonly [Verb in DocumentVerb]?: OperationDescription }

/** Addresses about one noun: below `/server/api/`, unless they begin with a slash. */
export interface ApiGroup {
  readonly name: string
  readonly description: string
  readonly operations: Readonly<Record<string, Operations>>
}
