import { isNotModified } from '../../conditional/is-not-modified.ts'
import { RestHandler } from '../../handler.ts'
import { json, type SerializedJson } from '../../serialized-json.ts'
import type { ResourceDescription } from '../description/resource-description.ts'
import type { PublishedApi } from './publish-api.ts'

/** Shows the OpenAPI document of a server; see {@link publishApi}. */
export class OpenApiHandler extends RestHandler<PublishedApi> {
  static readonly api: ResourceDescription = {
    get: {
      summary: 'This document',
      responses: { 200: { description: 'OpenAPI 3.1', schema: { type: 'object' } } },
    },
  }

  override get(): SerializedJson | undefined {
    const { text, etag } = this.deps.document()
    this.response.etag(etag).header('cache-control', 'no-cache')
    return isNotModified(this.request, { etag: `"${etag}"` }) ? this.response.notModified() : json(text)
  }
}

/** Shows the OpenAPI document of a server to people; see {@link publishApi}. GETs can be tried there. */
export class ApiPageHandler extends RestHandler<PublishedApi> {
  static readonly api: ResourceDescription = {
    get: {
      summary: 'This document, for people',
      responses: { 200: { description: 'A page', content: { 'text/html': { schema: { type: 'string' } } } } },
    },
  }

  override get(): string | undefined {
    const { text, etag, contentSecurityPolicy } = this.deps.page()
    this.response
      .etag(etag)
      .header('cache-control', 'no-cache')
      .header('content-security-policy', contentSecurityPolicy)
      .header('referrer-policy', 'no-referrer')
    if (isNotModified(this.request, { etag: `"${etag}"` })) return this.response.notModified()
    this.response.type('text/html; charset=utf-8')
    return text
  }
}
