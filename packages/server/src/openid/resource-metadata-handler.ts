import { json, RestHandler, type SerializedJson } from '@hexapla/rest'
import type { OpenIdConfig } from '../config/openid-config.ts'

export interface ResourceMetadataDeps {
  /** Absolute address of the resource, e.g. `https://repository.example.org/server`. */
  readonly resource: () => string
  readonly name: string
  readonly config: OpenIdConfig
}

/** Where clients look for the metadata of a resource: its path goes behind (RFC 9728 section 3.1). */
export const RESOURCE_METADATA = '/.well-known/oauth-protected-resource'

/**
 * Tells clients whose tokens are taken (OAuth 2.0 Protected Resource Metadata, RFC 9728), and as which client a program
 * without a browser may sign people in.
 */
export class ResourceMetadataHandler extends RestHandler<ResourceMetadataDeps> {
  override get(): SerializedJson {
    const { resource, name, config } = this.deps
    this.response.header('Cache-Control', 'public, max-age=300').header('Access-Control-Allow-Origin', '*')
    return json(
      JSON.stringify({
        resource: resource(),
        resource_name: name,
        authorization_servers: [config.issuer],
        bearer_methods_supported: ['header'],
        scopes_supported: config.scopes,
        ...(config.deviceClientId !== undefined && { device_client_id: config.deviceClientId }),
      }),
    )
  }
}
