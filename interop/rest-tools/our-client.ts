import assert from 'node:assert/strict'
import { HttpError, RestClient } from '@hexapla/client'
import { Auth } from '@hexapla/rest'

/**
 * Our RestClient with a server of rest-tools: what rest-client.py does the other way round.
 *
 * @returns what it saw
 */
export async function useRestServer(url: string, secret: string): Promise<string> {
  const auth = new Auth({ secret, algorithm: 'HS512', issuer: 'fruits' })
  const tokenOf = async (subject: string, role: string) =>
    auth.createToken(subject, { expirationSeconds: 60, payload: { role } })
  let asked = 0
  const reader = new RestClient(url, { token: await tokenOf('bob', 'reader') })
  const writer = new RestClient(url, {
    token() {
      asked += 1
      return tokenOf('ada', 'gardener')
    },
  })

  // Its servers answer 403 for no token too.
  await refused(new RestClient(url).request('GET', '/fruits'), 403, 'authentication failed')
  const forged = await new Auth({ secret: `${secret}!`, algorithm: 'HS512', issuer: 'fruits' }).createToken(
    'eve',
  )
  await refused(
    new RestClient(url, { token: forged }).request('GET', '/fruits'),
    403,
    'authentication failed',
  )
  await refused(reader.request('POST', '/fruits', { name: 'x', price: 1 }), 403, 'authorization failed')

  const kumquat = { name: 'kumquat', price: 1.5, tags: ['small', 'sour'] }
  assert.deepEqual(await writer.request('POST', '/fruits', kumquat), kumquat)
  await writer.request('POST', 'fruits', { name: 'Äpfel', price: 2 })
  const cheap = await reader.request('GET', '/fruits', { below: 2, tagged: true })
  assert.deepEqual(cheap, { fruits: [kumquat] })
  assert.deepEqual(await reader.request('GET', '/fruits/Äpfel'), { name: 'Äpfel', price: 2, tags: [] })
  const headers = { 'x-greeting': 'hello' }
  const whoami = await reader.request('GET', '/fruits/whoami', {}, { headers })
  assert.deepEqual(whoami, { subject: 'bob', greeting: 'hello' })
  await refused(writer.request('POST', '/fruits', { name: 'x' }), 400, 'price')
  await refused(reader.request('GET', '/fruits', { colour: 'red' }), 400, 'colour')
  await refused(reader.request('GET', '/fruits/durian'), 404, 'no fruit is called durian')
  assert.equal(await writer.request('DELETE', '/fruits/kumquat'), undefined)
  await refused(writer.request('DELETE', '/fruits/kumquat'), 404, 'kumquat')
  assert.equal(asked, 1)

  assert.deepEqual(await writer.request('GET', '/flaky/a', { faults: 3 }), { calls: 4 })
  await refused(writer.request('POST', '/flaky/b', { faults: 1 }), 503, 'busy')
  const safe = { headers: { 'idempotency-key': 'b' } }
  assert.deepEqual(await writer.request('POST', '/flaky/c', { faults: 3 }, safe), { calls: 4 })

  const numbers: number[] = []
  for await (const { number } of reader.requestStream<{ number: number }>('GET', '/harvest', {
    count: 1000,
  })) {
    numbers.push(number)
  }
  assert.deepEqual(numbers, [...numbers.keys()])
  assert.equal(numbers.length, 1000)
  return 'tokens, roles, arguments, failures, retries, a stream of 1000 documents'
}

async function refused(answer: Promise<unknown>, status: number, words: string): Promise<void> {
  await assert.rejects(answer, (error) => {
    assert.ok(error instanceof HttpError)
    assert.equal(error.status, status)
    assert.ok(error.message.includes(words), error.message)
    return true
  })
}
