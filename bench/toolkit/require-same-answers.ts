import assert from 'node:assert/strict'
import type { Auth } from '@hexapla/rest'
import type { BenchedServer } from './servers.ts'

/**
 * A comparison is worth something only if all servers do the same: answer, and refuse bad tokens, roles and arguments.
 *
 * @throws AssertionError for a server that does not
 */
export async function requireSameAnswers(
  servers: readonly BenchedServer[],
  listing: string,
  { token, auth }: { readonly token: string; readonly auth: Auth },
): Promise<void> {
  const stranger = await auth.createToken('eve', { payload: { role: 'none' } })
  for (const { url } of servers) {
    const get = async (path: string, bearer: string) =>
      fetch(url + path, { headers: { authorization: `Bearer ${bearer}` } })
    const answer = await get(listing, token)
    assert.deepEqual(await answer.json(), { name: 'apple', limit: 20, is_citrus: true, subject: 'ada' })
    // rest-tools says 403 to both.
    assert.ok([401, 403].includes((await get(listing, `${token.slice(0, -4)}AAAA`)).status))
    assert.equal((await get(listing, stranger)).status, 403)
    for (const wrong of ['/fruits', `${listing}&limit=0`, '/fruits?name=apple&limit=101']) {
      assert.equal((await get(wrong, token)).status, 400, `${url}${wrong}`)
    }
  }
}
