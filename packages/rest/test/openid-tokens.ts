import { startOpenIdProvider, type OpenIdProviderOptions } from '@hexapla/testing/openid-provider'
import { onTestFinished } from 'vitest'

/** A provider for one test, and a way to tokens of a service that it knows. */
export async function provide(options: OpenIdProviderOptions = {}) {
  const provider = await startOpenIdProvider(options)
  onTestFinished(provider.stop)
  return {
    provider,
    /** An access token for the service, by `client_credentials`. */
    token: async (scope = 'read'): Promise<string> => {
      const response = await fetch(`${provider.issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa('service:service-secret')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
      })
      return ((await response.json()) as { access_token: string }).access_token
    },
  }
}
