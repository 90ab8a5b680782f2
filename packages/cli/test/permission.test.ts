import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePlace, type Place } from './hexapla-process.ts'

const INGEST = 'ISLANDORA_REST_OBJECT_POST_PERM'

let place: Place
beforeAll(async () => {
  place = await makePlace()
  // The commands share its database.
  await place.serve()
}, 120_000)
afterAll(() => place.remove())

describe('permission', { timeout: 120_000 }, () => {
  test('lists, grants and revokes', async () => {
    const listed = await place.json(['permission', 'list'])
    expect(listed.map(({ role }) => role)).toEqual(['anonymous', 'authenticated', 'administrator'])
    const granted = await place.json(['permission', 'grant', 'Authenticated', INGEST])
    expect(granted).toEqual([{ role: 'authenticated', permissions: expect.arrayContaining([INGEST]) }])
    const shown = await place.run(['permission', 'list'])
    expect(shown.stdout).toContain('administrator  all\n')
    const [revoked] = await place.json(['permission', 'revoke', 'authenticated', INGEST])
    expect(revoked?.['permissions']).not.toContain(INGEST)
  })

  test('ends with 2 for what cannot be given, 4 for an unknown role', async () => {
    for (const [args, code] of [
      [['grant', 'anonymous', INGEST], 2],
      [['revoke', 'administrator', INGEST], 2],
      [['grant', 'nobody', INGEST], 4],
      [['grant', 'authenticated'], 2],
    ] as const) {
      const { code: ended, stderr } = await place.run(['permission', ...args, '--json'])
      expect([args, ended]).toEqual([args, code])
      expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({
        error: { code: expect.any(String) },
      })
    }
  })
})
