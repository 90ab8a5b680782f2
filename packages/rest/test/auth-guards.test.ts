/* The cases of rest-tools' decorators_test in our words, over HTTP, and what it leaves open. */
import { randomBytes } from 'node:crypto'
import {
  Auth,
  authenticated,
  bearerAuthentication,
  catchError,
  grantedGroupsKey,
  grantedRolesKey,
  HttpError,
  keycloakRoleAuth,
  protect,
  RestHandler,
  roleAuthorization,
  scopeRoleAuth,
  tokenAttributeRoleMappingAuth,
  type AttributeMapping,
  type Guard,
} from '@hexapla/rest'
import { describe, expect, test } from 'vitest'
import { codeOf, serve } from './serve.ts'

const auth = new Auth({ secret: randomBytes(64) })

/** Tells what a guard found out. */
class Orchard extends RestHandler<{ readonly fruit: string } | undefined> {
  override get() {
    const { state } = this.request
    return { roles: state.get(grantedRolesKey), groups: state.get(grantedGroupsKey), ...this.deps }
  }

  override post() {
    return 'open'
  }
}

/** A server whose GET is guarded; asks it with tokens of these claims. */
async function guarding(guard: Guard) {
  const lines: string[] = []
  const { url } = await serve(
    (server) =>
      server
        .addRoute('/', protect(Orchard, { get: guard }))
        .before(bearerAuthentication({ validator: auth })),
    { logger: { level: 'debug', stream: { write: (line) => void lines.push(line) } } },
  )
  const ask = async (claims?: Record<string, unknown>) => {
    const token = claims === undefined ? undefined : await auth.createToken('ada', { payload: claims })
    return await fetch(url, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })
  }
  return {
    lines,
    ask,
    status: async (claims?: Record<string, unknown>) => (await ask(claims)).status,
    found: async (claims: Record<string, unknown>) => await (await ask(claims)).json(),
  }
}

describe.each<
  [name: string, guard: Guard, let_in: Record<string, unknown>, kept_out: Record<string, unknown>[]]
>([
  [
    'roleAuthorization',
    roleAuthorization({ roles: ['write'] }),
    { role: 'write' },
    [{}, { role: 'read' }, { role: 'writer' }, { role: 7 }, { role: { write: 'write' } }],
  ],
  [
    'scopeRoleAuth',
    scopeRoleAuth({ roles: ['write'], prefix: 'test' }),
    { scope: 'test:read foo:write  test:write' },
    [
      {},
      { scope: 'test:read' },
      { scope: 'test:read foo:write write' },
      { scope: 'test:write:all' },
      { scope: 1 },
    ],
  ],
  [
    'keycloakRoleAuth',
    keycloakRoleAuth({ roles: ['write'], prefix: 'my.roles' }),
    { my: { roles: ['read', 'write'] } },
    [
      {},
      { my: 1 },
      { my: null },
      { my: { roles: ['read'] } },
      { my: { roles: [] } },
      { 'my.roles': ['write'] },
    ],
  ],
  [
    'tokenAttributeRoleMappingAuth',
    tokenAttributeRoleMappingAuth({ roleAttributes: { write: ['my.roles=write'] } })({ roles: ['write'] }),
    { my: { roles: ['write'] } },
    [{}, { my: { roles: ['read'] } }, { my: { roles: ['rewrite', 'writer', 7, null] } }, { my: 'write' }],
  ],
])('%s', (_name, guard, welcome, unwelcome) => {
  test('asks for a token, denies without a role, lets in with one', async () => {
    const { ask, status, found, lines } = await guarding(guard)
    expect(await status()).toBe(401)
    for (const claims of unwelcome) {
      const response = await ask(claims)
      expect([response.status, response.headers.get('www-authenticate'), await codeOf(response)]).toEqual([
        403,
        'Bearer error="insufficient_scope"',
        'authorization-failed',
      ])
    }
    const mismatches = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(mismatches.filter(({ wanted }) => wanted !== undefined)).toHaveLength(unwelcome.length)
    expect(lines.join('')).not.toContain('eyJ')
    expect(await found(welcome)).toMatchObject({ roles: ['write'] })
  })
})

test('without roles nobody gets through', async () => {
  const { status } = await guarding(roleAuthorization({ roles: [] }))
  expect(await status({ role: 'write' })).toBe(403)
})

test('the roles of a realm are the default of Keycloak', async () => {
  const { status } = await guarding(keycloakRoleAuth({ roles: ['gardener'] }))
  expect(await status({ realm_access: { roles: ['gardener'] } })).toBe(200)
  expect(await status({ roles: ['gardener'] })).toBe(403)
})

test('names that every object has are no claims', async () => {
  const { status } = await guarding(keycloakRoleAuth({ roles: ['Object'], prefix: 'constructor.name' }))
  expect(await status({})).toBe(403)
})

describe('mappings', () => {
  const mapping = async (
    roleAttributes: AttributeMapping,
    roles: readonly string[],
    groupAttributes?: AttributeMapping,
  ) =>
    await guarding(
      tokenAttributeRoleMappingAuth({ roleAttributes, ...(groupAttributes && { groupAttributes }) })({
        roles,
      }),
    )

  test('roles and groups take their names from what was captured, in order', async () => {
    const { found } = await mapping({ '\\1': ['my.roles=(write)', 'my.roles=(read)'] }, ['write'], {
      '\\1': ['groups=(\\w+)'],
    })
    expect(await found({ my: { roles: ['write'] }, groups: ['foo', 'bar'] })).toEqual({
      roles: ['write'],
      groups: ['bar', 'foo'],
    })
  })

  test('any expression of a role is enough, and all wanted roles are found', async () => {
    const { found, status } = await mapping(
      {
        write: ['groups=orchard-write', 'groups=admins'],
        read: ['groups=.*'],
        'role-\\g<n>': ['n=(?P<n>\\d)'],
      },
      ['write', 'read', 'role-7'],
    )
    expect(await found({ groups: ['admins'] })).toEqual({ roles: ['read', 'write'], groups: [] })
    expect(await found({ groups: ['guests'] })).toEqual({ roles: ['read'], groups: [] })
    expect(await found({ n: '7' })).toEqual({ roles: ['role-7'], groups: [] })
    expect(await status({ n: '8' })).toBe(403)
    expect(await status({ groups: [] })).toBe(403)
  })

  test('scope is split, other texts are not', async () => {
    const { status } = await mapping({ write: ['scope=write', 'duty=write'] }, ['write'])
    expect(await status({ scope: 'read write' })).toBe(200)
    expect(await status({ duty: 'read write' })).toBe(403)
    expect(await status({ duty: 'write' })).toBe(200)
  })

  test('a value may hold an equals sign', async () => {
    const { found } = await mapping({ read: ['dn=cn=ada,.*'] }, ['read'], {
      '\\2': ['dn=cn=(\\w+),dc=(\\w+)'],
    })
    expect(await found({ dn: 'cn=ada,dc=org' })).toEqual({ roles: ['read'], groups: ['org'] })
  })

  test.each<AttributeMapping>([
    { read: ['groups'] },
    { read: ['=x'] },
    { read: ['groups=('] },
    { '\\1': ['groups=x'] },
    { '\\g<y>': ['groups=(?P<x>.*)'] },
  ])('%j is refused when made', (roleAttributes) => {
    expect(() => tokenAttributeRoleMappingAuth({ roleAttributes })).toThrow(TypeError)
    expect(() =>
      tokenAttributeRoleMappingAuth({ roleAttributes: {}, groupAttributes: roleAttributes }),
    ).toThrow(TypeError)
  })
})

describe('catchError', () => {
  class Failing extends RestHandler {
    override get(): string {
      throw new HttpError(400, 'foo', 'foo')
    }

    override post(): string {
      throw new Error('secret')
    }

    override async put(): Promise<string> {
      return await Promise.reject(new Error('secret'))
    }
  }

  test('a known failure passes, any other names the class and no more', async () => {
    const { url } = await serve((server) => server.addRoute('/', protect(Failing, catchError)))
    expect(await codeOf(await fetch(url))).toBe('foo')
    for (const method of ['POST', 'PUT']) {
      const response = await fetch(url, { method })
      const { status, code, detail } = (await response.json()) as Record<string, unknown>
      expect({ status, code, detail }).toEqual({
        status: 500,
        code: 'handler-failed',
        detail: 'Error in Failing',
      })
    }
  })
})

describe('protect', () => {
  class Basket extends RestHandler<{ readonly fruit: string }> {
    override get() {
      return this.deps.fruit
    }

    override head() {
      this.response.header('x-fruit', this.deps.fruit)
    }

    override post() {
      return this.deps.fruit
    }

    override options() {
      return 'anyone'
    }
  }
  const start = async (Handler: typeof Basket) => {
    const { url } = await serve((server) =>
      server
        .addRoute('/', Handler, { deps: { fruit: 'fig' } })
        .before(bearerAuthentication({ validator: auth })),
    )
    return async (method: string) => (await fetch(url, { method })).status
  }

  test('guards the verbs that are named, and HEAD as GET', async () => {
    const Protected = protect(Basket, { get: authenticated })
    expect([Protected.name, Protected.prototype instanceof Basket]).toEqual(['Basket', true])
    const status = await start(Protected)
    expect([await status('GET'), await status('HEAD'), await status('POST')]).toEqual([401, 401, 200])
    const open = await start(Basket)
    expect([await open('GET'), await open('HEAD')]).toEqual([200, 204])
  })

  test('one guard is for every verb but OPTIONS, which tells what is possible', async () => {
    const status = await start(protect(Basket, authenticated))
    expect([
      await status('GET'),
      await status('HEAD'),
      await status('POST'),
      await status('OPTIONS'),
    ]).toEqual([401, 401, 401, 200])
    expect(await status('PUT')).toBe(405)
  })

  test('a verb that the class does not have cannot be guarded', () => {
    expect(() => protect(Basket, { put: authenticated })).toThrow(TypeError)
  })

  test('guards wrap one another', async () => {
    const both: Guard = (method) => catchError(roleAuthorization({ roles: ['write'] })(method))
    const { status, found } = await guarding(both)
    expect([await status(), await status({ role: 'read' })]).toEqual([401, 403])
    expect(await found({ role: 'write' })).toEqual({ roles: ['write'] })
  })
})

test('a guard is a decorator of standard form, and hands on receiver and arguments', async () => {
  const context = { kind: 'method', name: 'shake' } as ClassMethodDecoratorContext<RestHandler>
  const shake = authenticated(function shakeTree(this: RestHandler, count: number, fruit: string) {
    return `${count} ${fruit} from ${this.request.path}`
  }, context)
  class Tree extends RestHandler {
    override get() {
      return shake.call(this, 3, 'figs')
    }
  }
  const { url } = await serve((server) =>
    server.addRoute('/tree', Tree).before(bearerAuthentication({ validator: auth })),
  )
  expect((await fetch(`${url}/tree`)).status).toBe(401)
  const authorization = `bearer ${await auth.createToken('ada')}`
  expect(await (await fetch(`${url}/tree`, { headers: { authorization } })).text()).toBe('3 figs from /tree')
})
