import type { TestOpenIdProvider } from '@hexapla/testing/openid-provider'

/** A refresh token of a person for the client `device`. */
export async function refreshToken(provider: TestOpenIdProvider, account: string): Promise<string> {
  const begun = await post('/device/auth', { client_id: 'device', scope: 'offline_access read' })
  await provider.approveDevice(begun['user_code'] ?? '', account)
  const tokens = await post('/token', {
    client_id: 'device',
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: begun['device_code'] ?? '',
  })
  return tokens['refresh_token'] ?? ''

  async function post(path: string, form: Readonly<Record<string, string>>): Promise<Record<string, string>> {
    const response = await fetch(provider.issuer + path, { method: 'POST', body: new URLSearchParams(form) })
    return (await response.json()) as Record<string, string>
  }
}
