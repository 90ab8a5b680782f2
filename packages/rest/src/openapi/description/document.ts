import type { JsonSchema } from '../../arguments/json-schema.ts'

/** An OpenAPI 3.1 document as the server makes it, JSON through and through. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: ApiInfo
  readonly servers?: readonly ApiServer[]
  readonly tags?: readonly ApiTag[]
  readonly security?: readonly SecurityRequirement[]
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components: ApiComponents
}

/** What an API is. `description` may hold Markdown; pages of ours show it as plain text. */
export interface ApiInfo {
  readonly title: string
  readonly version: string
  readonly summary?: string
  readonly description?: string
  readonly termsOfService?: string
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string }
  readonly license?: { readonly name: string; readonly identifier?: string; readonly url?: string }
}

/** Where an API is; relative addresses are relative to the document. */
export interface ApiServer {
  readonly url: string
  readonly description?: string
}

/** A group of operations. */
export interface ApiTag {
  readonly name: string
  readonly description?: string
}

/** One way to sign in. */
export type SecurityScheme =
  | {
      readonly type: 'http'
      readonly scheme: string
      readonly bearerFormat?: string
      readonly description?: string
    }
  | {
      readonly type: 'apiKey'
      readonly in: 'cookie' | 'header' | 'query'
      readonly name: string
      readonly description?: string
    }
  | { readonly type: 'openIdConnect'; readonly openIdConnectUrl: string; readonly description?: string }

/** Names of schemes that are needed together; a list of them is a choice, and `{}` in it means nobody. */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>

/** The operations of a path, by verb. */
export type PathItem = { readonly parameters?: readonly ParameterObject[] } & {
  readonly [Verb in DocumentVerb]?: OperationObject
}

/** A verb of a path. */
export type DocumentVerb = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch'

/** One operation. */
export interface OperationObject {
  readonly operationId: string
  readonly summary?: string
  readonly description?: string
  readonly deprecated?: boolean
  readonly tags?: readonly string[]
  readonly parameters?: readonly ParameterObject[]
  readonly requestBody?: BodyObject
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>
  readonly security?: readonly SecurityRequirement[]
}

/** One parameter. */
export interface ParameterObject {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly description?: string
  readonly required?: boolean
  readonly deprecated?: boolean
  readonly style?: string
  readonly explode?: boolean
  readonly schema?: JsonSchema
  readonly content?: Content
}

/** A body by its media types. */
export type Content = Readonly<Record<string, { readonly schema?: JsonSchema; readonly example?: unknown }>>

/** The body of a request. */
export interface BodyObject {
  readonly description?: string
  readonly required?: boolean
  readonly content: Content
}

/** An answer. */
export interface ResponseObject {
  readonly description: string
  readonly headers?: Readonly<
    Record<
      string,
      { readonly description?: string; readonly required?: boolean; readonly schema: JsonSchema }
    >
  >
  readonly content?: Content
}

/** A place in the same document. */
export interface Reference {
  readonly $ref: string
}

/** What operations share. */
export interface ApiComponents {
  readonly schemas: Readonly<Record<string, JsonSchema>>
  readonly responses: Readonly<Record<string, ResponseObject>>
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>
}
