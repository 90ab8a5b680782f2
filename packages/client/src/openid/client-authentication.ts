import {
  type AuthorizationServer,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  None,
} from 'oauth4webapi'
import type { OpenIDProviderOptions } from './openid-provider-options.ts'

/** How a client shows who it is (RFC 6749 section 2.3.1): a header is for every provider, unless its metadata says no. */
export function clientAuthentication(
  { token_endpoint_auth_methods_supported: methods }: AuthorizationServer,
  { clientSecret, clientAuthentication: method }: OpenIDProviderOptions,
): ClientAuth {
  if (clientSecret === undefined) return None()
  const onlyPost =
    methods?.includes('client_secret_post') === true && !methods.includes('client_secret_basic')
  return (method ?? (onlyPost ? 'post' : 'basic')) === 'post'
    ? ClientSecretPost(clientSecret)
    : ClientSecretBasic(clientSecret)
}
