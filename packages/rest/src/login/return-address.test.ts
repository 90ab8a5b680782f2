import { expect, test } from 'vitest'
import { returnAddress } from './return-address.ts'

const base = new URL('https://orchard.example.org/login')
const origins = new Set(['https://orchard.example.org', 'https://ui.example.org:8443'])

test.each([
  ['/', 'https://orchard.example.org/'],
  ['/fruits?page=2#end', 'https://orchard.example.org/fruits?page=2#end'],
  ['fruits', 'https://orchard.example.org/fruits'],
  ['?page=2', 'https://orchard.example.org/login?page=2'],
  ['/a/../b', 'https://orchard.example.org/b'],
  ['/see?https://evil.example', 'https://orchard.example.org/see?https://evil.example'],
  ['//orchard.example.org/x', 'https://orchard.example.org/x'],
  ['https://orchard.example.org:443/x', 'https://orchard.example.org/x'],
  ['HTTPS://ORCHARD.example.org/x', 'https://orchard.example.org/x'],
  ['https://ui.example.org:8443/x', 'https://ui.example.org:8443/x'],
  // No other address than that of our own: browsers take it for a path.
  ['https:evil.example', 'https://orchard.example.org/evil.example'],
])('%j leads to %j', (target, address) => {
  expect(returnAddress(target, base, origins).href).toBe(address)
})

test.each([
  'https://evil.example/',
  'http://orchard.example.org/',
  'https://orchard.example.org:8443/',
  'https://ui.example.org/',
  '//evil.example',
  '///evil.example',
  '////evil.example',
  'https:///evil.example',
  '\\\\evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/fruits\\..\\x',
  'https://orchard.example.org@evil.example/',
  'https://orchard.example.org:pw@evil.example/',
  'https://ada@orchard.example.org/',
  'https://:pw@orchard.example.org/',
  'https://orchard.example.org.evil.example/',
  'https://evil.example#@orchard.example.org/',
  'https://evil.example\\@orchard.example.org/',
  'https://orchard.example.org%2eevil.example/',
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  'JavaScript://orchard.example.org/%0aalert(1)',
  'data:text/html,x',
  'blob:https://orchard.example.org/x',
  'file:///etc/passwd',
  'ftp://orchard.example.org/',
  'mailto:ada@example.org',
  '/\t/evil.example',
  '/\n/evil.example',
  '\u0000//evil.example',
  '/fruits\r\nset-cookie: a=b',
  '//[',
])('%j is refused', (target) => {
  expect(() => returnAddress(target, base, origins)).toThrow(
    expect.objectContaining({ status: 400, code: 'return-address-refused' }),
  )
})
