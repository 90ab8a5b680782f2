import { describe, expect, test } from 'vitest'
import { findNetrcEntry } from './find-netrc-entry.ts'
import { parseNetrc } from './parse-netrc.ts'
import { putNetrcEntry } from './put-netrc-entry.ts'

const find = (text: string, url: string) => {
  const entry = findNetrcEntry(parseNetrc(text), new URL(url))
  return entry && [entry.login, entry.password]
}
const invalid = (line: number) =>
  expect.objectContaining({ code: 'netrc_invalid', message: expect.stringContaining(`line ${line}`) })

describe('reading', () => {
  test.each([
    ['machine a.org login me password secret', ['me', 'secret']],
    ['machine a.org\n\tlogin me\n\tpassword secret\n', ['me', 'secret']],
    ['machine a.org password secret user me account x', ['me', 'secret']],
    ['machine a.org login "my name" password "a \\"b\\" \\\\ c"', ['my name', 'a "b" \\ c']],
    ['machine a.org login me password a\\ b', ['me', 'a b']],
    ['machine a.org login me password #secret', ['me', '#secret']],
    ['# machine a.org login no password no\nmachine a.org login me password secret # end', ['me', 'secret']],
    ['machine a.org # why\nlogin me password secret', ['me', 'secret']],
    ['machine a.org login "machine" password "default"', ['machine', 'default']],
    ['macdef init\nmachine a.org login no password no\n\nmachine a.org login me password s', ['me', 's']],
    ['machine a.org login me password s\nmacdef init\ncd /pub\nbin\n', ['me', 's']],
    ['machine a.org login me password s\r\nmacdef init\r\n\r\nmachine b.org login x', ['me', 's']],
    ['machine b.org login no password no default login any password one', ['any', 'one']],
    ['machine A.org login me password s', ['me', 's']],
    ['machine a.org login old password old\nmachine a.org login new password new', ['new', 'new']],
    ['machine a.org login me', ['me', undefined]],
    ['', undefined],
    ['machine b.org login me password s', undefined],
  ])('%j', (text, account) => {
    expect(find(text, 'https://a.org/pele/api/v0.1')).toEqual(account)
  })

  test('a port counts where it is written', () => {
    const text =
      'machine a.org login plain password p\nmachine a.org:8877 login port password q\ndefault login any password r'
    expect(find(text, 'http://a.org:8877/')).toEqual(['port', 'q'])
    expect(find(text, 'http://a.org:9999/')).toEqual(['plain', 'p'])
    expect(find(text, 'https://a.org:443/')).toEqual(['plain', 'p'])
    expect(find(text, 'https://other.org/')).toEqual(['any', 'r'])
    expect(find('machine [::1]:80 login a password b', 'https://[::1]:80/')).toEqual(['a', 'b'])
    expect(find('machine ::1 login a password b', 'https://[::1]:80/')).toEqual(['a', 'b'])
  })

  test.each([
    ['machine a.org login me\n\nsecret', 3],
    ['machine', 1],
    ['machine a.org\nlogin me\npassword', 3],
    ['machine a.org login "me', 1],
    ['"machine" a.org', 1],
  ])('%j is refused, and nothing of it told', (text, line) => {
    expect(() => parseNetrc(text)).toThrow(invalid(line))
    expect(() => parseNetrc(text)).not.toThrow(/secret/)
  })

  test('what the notebook of document 001 appends', () => {
    const text = 'machine a.org login koa@test.com password test\nmacdef init\n\n'
    expect(find(text + text.replace('test\n', 'new\n'), 'https://a.org')).toEqual(['koa@test.com', 'new'])
  })
})

describe('writing', () => {
  const account = { machine: 'a.org:8877', login: 'koa@test.com', password: 'a "b" \\ #c' }
  const line = String.raw`machine a.org:8877 login koa@test.com password "a \"b\" \\ #c"`

  test.each([
    ['', `${line}\n`],
    ['machine b.org login x password y', `machine b.org login x password y\n${line}\n`],
    ['macdef init\ncd /pub\n', `macdef init\ncd /pub\n\n${line}\n`],
    ['macdef init\n\n', `macdef init\n\n${line}\n`],
    ['# mine\ndefault login x password y\n', `# mine\n${line}\ndefault login x password y\n`],
    [
      'machine A.org:8877\n  login old # who\n  password old\n# end\nmachine b.org login x password y\n',
      `${line}\n# end\nmachine b.org login x password y\n`,
    ],
  ])('into %j', (before, after) => {
    const written = putNetrcEntry(before, account)
    expect(written).toBe(after)
    expect(find(written, 'http://a.org:8877')).toEqual([account.login, account.password])
    expect(putNetrcEntry(written, account)).toBe(written)
  })

  test('line breaks cannot be written', () => {
    expect(() => putNetrcEntry('', { ...account, password: 'a\nb' })).toThrow(
      expect.objectContaining({ code: 'arguments_invalid' }),
    )
  })
})
