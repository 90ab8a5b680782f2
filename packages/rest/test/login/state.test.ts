import { expect, test } from 'vitest'
import { ORCHARD, startOrchard } from './orchard.ts'

test('an answer without state, or with a forged one, is refused', async () => {
  const { visitor } = await startOrchard()
  const ada = visitor()
  const answer = await ada.signInAtProvider('ada')
  expect(await ada.refusal('/login?code=x')).toEqual([400, 'login-state-missing'])
  for (const state of ['', 'forged', `${answer.searchParams.get('state') ?? ''}x`]) {
    const forged = new URL(answer)
    forged.searchParams.set('state', state)
    expect(await ada.refusal(forged)).toEqual([403, 'login-state-unknown'])
  }
  expect(await ada.refusal('/login?error=access_denied&error_description=call+this+number')).toEqual([
    400,
    'login-state-missing',
  ])
  expect((await ada.visit(answer)).status).toBe(303)
})

test("an answer to somebody else's login is refused", async () => {
  const { visitor } = await startOrchard()
  const [ada, eve] = [visitor(), visitor()]
  const answer = await eve.signInAtProvider('grace')
  expect(await ada.refusal(answer)).toEqual([403, 'login-state-unknown'])
  // Nor with a login of one's own under way.
  await ada.visit('/login')
  expect(await ada.refusal(answer)).toEqual([403, 'login-state-unknown'])
  expect(await ada.read('/who')).toEqual({ nobody: true })
})

test("somebody else's code under one's own state is refused", async () => {
  const { visitor } = await startOrchard()
  const [ada, eve] = [visitor(), visitor()]
  const [own, foreign] = [await ada.signInAtProvider('ada'), await eve.signInAtProvider('grace')]
  own.searchParams.set('code', foreign.searchParams.get('code') ?? '')
  expect(await ada.refusal(own)).toEqual([400, 'login-refused'])
  expect(await ada.read('/who')).toEqual({ nobody: true })
})

test('an ID token with another nonce is refused', async () => {
  const { visitor, provider } = await startOrchard()
  const ada = visitor()
  const asked = new URL((await ada.visit('/login')).headers.get('location') ?? '')
  asked.searchParams.set('nonce', 'replayed')
  expect(await ada.refusal(await provider.signIn(asked, 'ada'))).toEqual([400, 'login-refused'])
})

test('an answer is good once', async () => {
  const { visitor } = await startOrchard()
  const ada = visitor()
  const answer = await ada.signInAtProvider('ada')
  const waiting = ada.cookies()
  expect((await ada.visit(answer)).status).toBe(303)
  expect(await ada.refusal(answer)).toEqual([403, 'login-state-unknown'])
  expect(await ada.read('/who')).toMatchObject({ subject: 'ada' })
  // Who has kept the cookie is refused by the provider, which knows that the code was used.
  expect(await visitor().refusal(answer, { headers: { cookie: waiting } })).toEqual([400, 'login-refused'])
})

test('an answer that comes late, or with a changed cookie, is refused', async () => {
  const { visitor, clock } = await startOrchard()
  const ada = visitor()
  const answer = await ada.signInAtProvider('ada')
  const waiting = ada.cookies()
  const middle = Math.floor(waiting.length / 2)
  const other = waiting[middle] === 'A' ? 'B' : 'A'
  const changed = waiting.slice(0, middle) + other + waiting.slice(middle + 1)
  expect(await ada.refusal(answer, { headers: { cookie: changed } })).toEqual([403, 'login-state-unknown'])
  clock.pass(601)
  expect(await ada.refusal(answer)).toEqual([403, 'login-state-unknown'])
})

test('a cookie of one login does not serve another one of the same browser', async () => {
  const { visitor } = await startOrchard()
  const ada = visitor()
  const answer = await ada.signInAtProvider('ada')
  const [name] = ada.cookies().split('=')
  const stranger = visitor()
  await stranger.visit('/login')
  const cookie = `${name}=${stranger.cookies().split('=')[1]}`
  expect(await ada.refusal(answer, { headers: { cookie } })).toEqual([403, 'login-state-unknown'])
})

test('secrets can be changed while a login is under way', async () => {
  const { visitor, another, options } = await startOrchard()
  const ada = visitor()
  const answer = await ada.signInAtProvider('ada')
  const newer = 'another secret of thirty-two characters or more'
  const changed = (await another({ secrets: [newer, ...options.secrets] }))()
  const gone = (await another({ secrets: [newer] }))()
  const headers = { cookie: ada.cookies() }
  expect(await gone.refusal(answer, { headers })).toEqual([403, 'login-state-unknown'])
  expect((await changed.visit(answer, { headers })).status).toBe(303)
})

test('several tabs can sign in at once, but not any number', async () => {
  const { visitor } = await startOrchard()
  const ada = visitor()
  const first = await ada.signInAtProvider('ada', '/login?next=/first')
  const second = await ada.signInAtProvider('ada', '/login?next=/second')
  expect((await ada.visit(first)).headers.get('location')).toBe(`${ORCHARD}/first`)
  expect((await ada.visit(second)).headers.get('location')).toBe(`${ORCHARD}/second`)

  const eve = visitor()
  for (let tab = 0; tab < 20; tab++) await eve.visit('/login')
  expect(eve.cookies().split('; ').length).toBeLessThanOrEqual(5)
})

test('a login that would lead to a strange place does not begin', async () => {
  const { visitor, another } = await startOrchard()
  const strange = ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']
  for (const target of [...strange, `${ORCHARD.replace('//', '//ada@')}/`]) {
    for (const name of ['next', 'redirect']) {
      const path = `/login?${name}=${encodeURIComponent(target)}`
      const response = await visitor().visit(path)
      expect([response.status, response.headers.get('location')]).toEqual([400, null])
      expect(await response.json()).toMatchObject({ code: 'return-address-refused' })
    }
  }
  const listed = await another({ allowedOrigins: ['https://ui.example.org'] })
  const path = '/login?next=https://ui.example.org.evil.example/'
  expect(await listed().refusal(path)).toEqual([400, 'return-address-refused'])
})
