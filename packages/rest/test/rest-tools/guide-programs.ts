/* What docs/rest-tools.md has programs for; also of use outside of Vitest. */
import { readFile } from 'node:fs/promises'
import { startOpenIdProvider, type TestOpenIdProvider } from '@hexapla/testing/openid-provider'

/** What a client of the guide writes, whatever it is written in. */
export const guideOutput = [
  'lime picked by nightly',
  '0 from Chile',
  'lime',
  '400 the following arguments are required: grams',
]

/** A program of the guide, by the name in its first line. */
export async function guideProgram(name: string): Promise<string> {
  const guide = await readFile(new URL('../../../../docs/rest-tools.md', import.meta.url), 'utf8')
  const code = new RegExp(`\`\`\`\\w+\\n((?:#|//) ${name}\\n[\\s\\S]*?)\`\`\``).exec(guide)?.[1]
  if (code === undefined) throw new Error(`the guide has no ${name}`)
  return code
}

/** Options of Node for a program that is given as text. */
export function asSource(code: string): string[] {
  return ['--conditions=@hexapla/source', '--input-type=module-typescript', '--eval', code]
}

/** A provider that knows the client of the guide. */
export async function startGuideProvider(): Promise<TestOpenIdProvider> {
  const claims = { realm_access: { roles: ['gardener'] } }
  return await startOpenIdProvider({
    audience: 'https://fruits.example.org',
    clients: [{ client_id: 'nightly', client_secret: 'secret', claims }],
  })
}

/** What the programs are told of that provider. */
export function guideEnvironment({ issuer }: TestOpenIdProvider): Record<string, string> {
  return { PROVIDER: issuer, SECRET: 'secret' }
}
