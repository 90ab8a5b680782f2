import { describe, expect, test } from 'vitest'
import { isAllowed, isHost } from './allowed-hosts.ts'

describe('isAllowed', () => {
  test.each([
    ['https://example.org/oai', ['example.org']],
    ['http://EXAMPLE.org:80/', ['Example.Org']],
    ['https://example.org/', ['example.org:443']],
    ['http://example.org:8080/', ['other.org', 'example.org:8080']],
    ['http://[::1]:8080/', ['[::1]:8080']],
  ])('%s is, for %s', (address, hosts) => {
    expect(isAllowed(new URL(address), hosts)).toBe(true)
  })

  test.each([
    ['https://example.org/', []],
    ['https://example.org:8443/', ['example.org']],
    ['http://example.org/', ['example.org:443']],
    ['https://sub.example.org/', ['example.org']],
    ['https://example.org.evil.net/', ['example.org']],
    ['https://evil.net/example.org', ['example.org']],
    ['https://example.org@evil.net/', ['example.org']],
    ['https://user:word@example.org/', ['example.org']],
    ['ftp://example.org/', ['example.org']],
    ['file:///etc/passwd', ['']],
    ['http://2130706433/', ['localhost']],
  ])('%s is not, for %s', (address, hosts) => {
    expect(isAllowed(new URL(address), hosts)).toBe(false)
  })
})

test.each([
  ['example.org', true],
  ['Example.org:80', true],
  ['127.0.0.1:8080', true],
  ['[::1]:8080', true],
  ['http://example.org', false],
  ['example.org/oai', false],
  ['user@example.org', false],
  ['*', false],
  ['*.example.org', false],
  ['', false],
])('%s is a host: %s', (text, expected) => {
  expect(isHost(text)).toBe(expected)
})
