import { readFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { startOpenIdProvider, type TestOpenIdProvider } from '@hexapla/testing/openid-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePlace, type Place, type ServeProcess } from './hexapla-process.ts'

describe('login --device', { timeout: 120_000 }, () => {
  let provider: TestOpenIdProvider
  let place: Place
  let server: ServeProcess
  beforeAll(async () => {
    const audience = 'https://repository.example.org'
    provider = await startOpenIdProvider({ audience })
    place = await makePlace()
    server = await place.serve({
      HEXAPLA_OPENID_ISSUER: provider.issuer,
      HEXAPLA_OPENID_CLIENT_ID: 'service',
      HEXAPLA_OPENID_AUDIENCE: audience,
      HEXAPLA_OPENID_DEVICE_CLIENT_ID: 'device',
      HEXAPLA_OPENID_MAKE_PEOPLE: 'on',
    })
  })
  afterAll(async () => {
    await place.remove()
    await provider.stop()
  })

  /** Begins a login and waits until it has shown its code. */
  async function begin(args: readonly string[] = []) {
    const child = place.begin(['login', server.url, '--device', ...args])
    const said = { stdout: '', stderr: '' }
    child.stdout?.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()))
    const userCode = await new Promise<string>((resolve) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        said.stderr += chunk.toString()
        const code = /\b[A-Z]{4}-[A-Z]{4}\b/.exec(said.stderr)?.[0]
        if (code !== undefined && said.stderr.includes('enter the code')) resolve(code)
      })
    })
    const ended = once(child, 'close').then(([code]) => code as number | null)
    return { child, said, userCode, ended }
  }

  it('shows a code, and begins the session of whoever enters it', async () => {
    const { said, userCode, ended } = await begin(['--json'])
    await provider.approveDevice(userCode, 'ada')
    expect(await ended).toBe(0)
    expect(JSON.parse(said.stdout)).toEqual({ endpoint: `${server.url}/server`, user: 'ada@example.org' })
    expect(await place.json(['get', 'authn/status'])).toMatchObject([
      { authenticated: true, authenticationMethod: 'oidc' },
    ])
    // What is kept is a token of the server's own, which logging out ends.
    const kept = await readFile(join(place.directory, '.config/hexapla/session.json'), 'utf8')
    expect(kept).not.toContain(provider.issuer)
    expect((await place.run(['logout'])).code).toBe(0)
  })

  it('ends with 3 when the person refuses, and with 130 when interrupted', async () => {
    const refused = await begin()
    await provider.denyDevice(refused.userCode)
    expect(await refused.ended).toBe(3)
    const interrupted = await begin()
    interrupted.child.kill('SIGINT')
    expect(await interrupted.ended).toBe(130)
  })

  it('tells a provider that is away from a server that has none, and takes no password', async () => {
    await provider.stop()
    const away = await place.run(['login', server.url, '--device', '--json'])
    await provider.start()
    expect(away.code).toBe(8)
    expect(JSON.parse(away.stderr)).toMatchObject({ error: { code: 'provider_unavailable' } })
    expect((await place.run(['login', server.url, '--device', '--user', 'x'])).code).toBe(2)
    await place.endAll()
    const plain = await place.serve()
    const none = await place.run(['login', plain.url, '--device', '--json'])
    expect(none.code).toBe(1)
    expect(JSON.parse(none.stderr)).toMatchObject({ error: { code: 'NO_DEVICE_LOGIN' } })
  })
})
