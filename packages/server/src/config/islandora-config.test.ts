import { expect, test } from 'vitest'
import { ConfigError, parseConfig } from './config.ts'

const namespaces = (list: string) => parseConfig({ HEXAPLA_ISLANDORA_NAMESPACES: list }).islandora.namespaces

test('namespaces are a list, which is empty for all', () => {
  expect(parseConfig({}).islandora.namespaces).toEqual([])
  expect(namespaces('islandora, my-own.things')).toEqual(['islandora', 'my-own.things'])
})

test.each(['islandora:', 'a_b', 'islandora:*', 'ä'])('%s is no namespace', (list) => {
  expect(() => namespaces(list)).toThrow(ConfigError)
})
