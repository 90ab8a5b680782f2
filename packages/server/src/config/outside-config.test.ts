import { expect, test } from 'vitest'
import { ConfigError, parseConfig } from './config.ts'

function faultsOf(settings: Record<string, string>): readonly string[] {
  try {
    parseConfig(settings)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

test('nobody is asked unless named', () => {
  expect(parseConfig({}).outside).toMatchObject({ harvestHosts: [], harvestHours: 0, externalSources: [] })
})

test('hosts, hours, and services with their addresses', () => {
  const settings = {
    HEXAPLA_HARVEST_HOSTS: 'example.org, localhost:8081',
    HEXAPLA_HARVEST_HOURS: '12',
    HEXAPLA_EXTERNAL_SOURCES: 'orcid,crossref',
    HEXAPLA_CROSSREF_URL: 'http://localhost:8082/',
  }
  expect(parseConfig(settings).outside).toMatchObject({
    harvestHosts: ['example.org', 'localhost:8081'],
    harvestHours: 12,
    externalSources: [
      { name: 'crossref', url: 'http://localhost:8082' },
      { name: 'orcid', url: 'https://pub.orcid.org/v3.0' },
    ],
  })
})

test.each([
  ['HEXAPLA_HARVEST_HOSTS', 'https://example.org'],
  ['HEXAPLA_HARVEST_HOURS', '-1'],
  ['HEXAPLA_EXTERNAL_SOURCES', 'pubmed'],
  ['HEXAPLA_CROSSREF_URL', 'ftp://example.org'],
])('%s of %s is a fault', (name, value) => {
  expect(faultsOf({ [name]: value })).toEqual([expect.stringContaining(name)])
})
