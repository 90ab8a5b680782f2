import { expect, test } from 'vitest'
import { parseHandle } from './handle.ts'

const RESOLVER = 'https://id.example.org/'

test.each([
  ['123456789/1', '123456789/1'],
  [' 123456789/1 ', '123456789/1'],
  ['hdl:123456789/1', '123456789/1'],
  ['HDL:123456789/1', '123456789/1'],
  ['info:hdl/20.500.1/a.b-c', '20.500.1/a.b-c'],
  ['https://hdl.handle.net/123456789/1', '123456789/1'],
  ['http://hdl.handle.net/123456789/1', '123456789/1'],
  ['https://id.example.org/123456789/1', '123456789/1'],
  ['123456789', undefined],
  ['', undefined],
  ['doi:10.1000/182', undefined],
  ['https://example.org/123456789/1', undefined],
  ['123456789/', undefined],
])('%j is the handle %j', (identifier, handle) => {
  expect(parseHandle(identifier, RESOLVER)).toBe(handle)
})
