import assert from 'node:assert/strict'
import {
  ClientCredentialsAuth,
  HttpError,
  OpenIDError,
  OpenIDRestClient,
  type RestClient,
} from '@hexapla/client'
import { SavedDeviceGrantAuth } from '@hexapla/client/node'
import { startOpenIdProvider, type TestOpenIdProvider } from '@hexapla/testing/openid-provider'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { withTemporaryDirectory } from '../process/temporary-directory.ts'
import { prepareRestTools } from '../python/environment.ts'
import type { Check } from '../run-checks.ts'
import { startMemberServer } from './member-server.ts'
import { startOriginalServer } from './original-server.ts'

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** The OpenID clients of the original and ours with the servers of both, and one provider. */
export const openIDChecks: readonly Check[] = [
  {
    name: 'rest-tools: its OpenID clients with our RestServer',
    run: () =>
      withTemporaryDirectory('openid', async (directory) => {
        await using provider = await startOpenIdProvider({ scopes: ['club:read', 'club:write'] })
        await using server = await startMemberServer(provider)
        const filename = join(directory, 'token')
        // One file for the clients of both languages, in turn.
        assert.equal(await logIn(server.url, provider, filename), 1)
        const args = [script('openid-clients.py'), server.url, provider.issuer, filename]
        const seen = await runApproving(await prepareRestTools(), args, provider)
        assert.equal(await logIn(server.url, provider, filename), 0)
        return `${seen}, and back`
      }),
  },
  {
    name: 'rest-tools: our OpenID clients with its RestServer',
    run: () =>
      withTemporaryDirectory('openid', async (directory) => {
        await using provider = await startOpenIdProvider({ scopes: ['club:read', 'club:write'] })
        const args = [provider.issuer, provider.audience]
        await using server = await startOriginalServer(await prepareRestTools(), 'member-server.py', args)
        const filename = join(directory, 'token')
        assert.equal(await logIn(server.url, provider, filename), 1)
        await useServer(server.url, provider, await readFile(filename, 'utf8'))
        return 'a login by device, a saved token, a refresh token, a secret'
      }),
  },
]

/** Asks as ada with the token of a file. @returns how often a login was asked for */
async function logIn(url: string, provider: TestOpenIdProvider, filename: string): Promise<number> {
  let prompts = 0
  using client = new SavedDeviceGrantAuth(url, {
    provider: provider.issuer,
    clientId: 'device',
    scopes: ['club:read'],
    filename,
    async prompt({ userCode }) {
      prompts += 1
      await provider.approveDevice(userCode, 'ada')
    },
  })
  assert.deepEqual(await client.request('GET', '/me'), { sub: 'ada', name: 'ada', scope: 'club:read' })
  return prompts
}

async function useServer(url: string, { issuer }: TestOpenIdProvider, refreshToken: string): Promise<void> {
  const options = { provider: issuer, clientId: 'device', refreshToken }
  const ada = new OpenIDRestClient(url, options)
  assert.deepEqual(await ada.request('GET', '/groups'), { groups: ['curators', 'staff'] })
  await ada.request('GET', '/readers')
  await ada.request('GET', '/admins')
  await assert.rejects(
    new OpenIDRestClient(url, options).request('GET', '/me'),
    (error) => error instanceof OpenIDError && error.code === 'login_required',
  )

  const secret = { clientId: 'service', clientSecret: 'service-secret' }
  const service = new ClientCredentialsAuth(url, { provider: issuer, ...secret, scopes: ['club:write'] })
  assert.deepEqual(await service.request('GET', '/me'), { sub: 'service', name: null, scope: 'club:write' })
  await refused(service, '/readers')
  await refused(service, '/groups')
}

async function refused(client: RestClient, path: string): Promise<void> {
  await assert.rejects(
    client.request('GET', path),
    (error) => error instanceof HttpError && error.status === 403,
  )
}

/** Runs a program to its end, and logs ada in wherever it shows a user code. @returns its last line */
async function runApproving(
  command: string,
  args: readonly string[],
  provider: TestOpenIdProvider,
): Promise<string> {
  const child = spawn(command, ['-u', ...args], { stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 })
  const complaints = text(child.stderr)
  const closed = once(child, 'close')
  let last = ''
  for await (const line of createInterface({ input: child.stdout })) {
    const userCode = /\b[A-Z]{4}-[A-Z]{4}\b/.exec(line)?.[0]
    if (userCode !== undefined) await provider.approveDevice(userCode, 'ada')
    last = line
  }
  await closed
  assert.equal(child.exitCode, 0, await complaints)
  return last
}
