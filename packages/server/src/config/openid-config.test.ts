import { describe, expect, test } from 'vitest'
import { ConfigError, parseConfig } from './config.ts'

const PROVIDER = {
  HEXAPLA_OPENID_ISSUER: 'https://id.example.org/realms/library',
  HEXAPLA_OPENID_CLIENT_ID: 'hexapla',
}

function faultsOf(settings: Record<string, string>): readonly string[] {
  try {
    parseConfig(settings)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

test.each(['https://ui.example.org/', 'ui.example.org', '*'])('%s is no origin', (origin) => {
  expect(faultsOf({ HEXAPLA_ALLOWED_ORIGINS: `https://a.example.org ${origin}` })).toHaveLength(1)
})

describe('the OpenID provider', () => {
  test('is none unless set', () => {
    expect(parseConfig({}).openId).toBeUndefined()
  })

  test('takes an issuer and a client; the rest has defaults', () => {
    expect(parseConfig(PROVIDER).openId).toEqual({
      issuer: 'https://id.example.org/realms/library',
      clientId: 'hexapla',
      clientSecret: undefined,
      scopes: ['openid', 'email', 'profile'],
      audience: ['hexapla'],
      claims: { email: 'email', firstName: 'given_name', lastName: 'family_name', groups: 'groups' },
      trustEmail: false,
      makePeople: false,
      allowedDomains: [],
      allowedGroups: [],
      sessionSeconds: 43_200,
      deviceClientId: undefined,
    })
  })

  test('takes lists: of groups, whose names may have spaces, with commas alone', () => {
    const settings = {
      HEXAPLA_OPENID_ALLOWED_DOMAINS: 'Example.org, example.com',
      HEXAPLA_OPENID_ALLOWED_GROUPS: 'Library staff, Curators',
      HEXAPLA_OPENID_SCOPES: 'openid groups',
    }
    expect(parseConfig({ ...PROVIDER, ...settings }).openId).toMatchObject({
      allowedDomains: ['example.org', 'example.com'],
      allowedGroups: ['Library staff', 'Curators'],
      scopes: ['openid', 'groups'],
    })
  })

  test('every fault is named at once', () => {
    const faults = faultsOf({
      HEXAPLA_OPENID_ISSUER: 'http://id.example.org',
      HEXAPLA_OPENID_SCOPES: 'email',
      HEXAPLA_OPENID_MAKE_PEOPLE: 'yes',
      HEXAPLA_OPENID_SESSION_HOURS: '0',
      HEXAPLA_OPENID_UNKNOWN: 'x',
    })
    for (const name of ['ISSUER', 'CLIENT_ID', 'SCOPES', 'MAKE_PEOPLE', 'SESSION_HOURS', 'UNKNOWN']) {
      expect(faults.filter((fault) => fault.includes(`HEXAPLA_OPENID_${name} `))).toHaveLength(1)
    }
  })

  test('settings without an issuer are a fault, and plain HTTP is for this machine alone', () => {
    expect(faultsOf({ HEXAPLA_OPENID_CLIENT_SECRET: 'x' })).toHaveLength(1)
    for (const host of ['127.0.0.1:8081', 'localhost', '[::1]']) {
      expect(faultsOf({ ...PROVIDER, HEXAPLA_OPENID_ISSUER: `http://${host}` })).toEqual([])
    }
  })
})
