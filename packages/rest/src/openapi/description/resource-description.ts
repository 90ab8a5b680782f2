import type { ArgumentDescription } from '../../arguments/argument-description.ts'
import type { ArgumentSource } from '../../arguments/argument-type.ts'
import type { JsonSchema } from '../../arguments/json-schema.ts'
import type {
  BodyObject,
  DocumentVerb,
  ParameterObject,
  ResponseObject,
  SecurityRequirement,
} from './document.ts'

/**
 * What a handler class is for, for documents about it; its static field `api`. Verbs, parameters of the path, arguments,
 * guards and failures are known without it.
 *
 * @example
 * class Fruits extends RestHandler {
 *   static readonly api: ResourceDescription = {
 *     tags: ['fruits'],
 *     get: { summary: 'The fruits in the basket', arguments: [listing], responses: { 200: { schema: fruits } } },
 *   }
 *   override get() { … }
 * }
 */
export type ResourceDescription = {
  readonly tags?: readonly string[]
  /** Parameters of the path, by name; texts unless told otherwise. */
  readonly parameters?: Readonly<
    Record<string, { readonly description?: string; readonly schema?: JsonSchema }>
  >
} & { readonly [Verb in DocumentVerb]?: OperationDescription }

/** What one verb does. */
export interface OperationDescription {
  /** One line. */
  readonly summary?: string
  readonly description?: string
  readonly deprecated?: boolean
  /** Default: made of verb and path, so that it stays while they do. */
  readonly operationId?: string
  readonly tags?: readonly string[]
  /** What reads its arguments. */
  readonly arguments?: readonly DescribedArguments[]
  /** Parameters that no `ArgumentHandler` reads, such as headers. */
  readonly parameters?: readonly ParameterObject[]
  /** A body that no `ArgumentHandler` reads. */
  readonly body?: BodyObject
  /** Answers by status; failures have the form of the server unless they are among them. */
  readonly responses?: Readonly<Record<number | `${number}XX`, ResponseDescription>>
  /** Statuses of failures that are worth naming, beside those that arguments and guards have; their form is the server's. */
  readonly failures?: readonly number[]
  /** In place of what its guards tell. */
  readonly security?: readonly SecurityRequirement[]
}

/** An answer: with a `schema` it is JSON of that schema, `content` is for other media types. */
export interface ResponseDescription extends Partial<ResponseObject> {
  readonly schema?: JsonSchema
}

/** What tells of arguments: an {@link ArgumentHandler}. */
export interface DescribedArguments {
  readonly source: ArgumentSource
  readonly unrecognized: 'ignore' | 'refuse'
  describe(): readonly ArgumentDescription[]
}
