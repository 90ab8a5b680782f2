import { describe, expect, test } from 'vitest'
import { translatePython } from './python-pattern.ts'
import { readTemplate } from './python-template.ts'

/** What Python 3.11 says of `re.fullmatch(pattern, value)`: the groups, or null without a match. */
const asked: [pattern: string, value: string, groups: (string | null)[] | null][] = [
  ['foo', 'foo', []],
  ['foo', 'foobar', null],
  ['foo|foobar', 'foobar', []],
  ['foo(.*)', 'foobar', ['bar']],
  ['(a|ab)(c|bcd)?', 'abcd', ['a', 'bcd']],
  ['foo$', 'foo\u{a}', null],
  ['foo$\\n', 'foo\u{a}', []],
  ['\\Afoo\\Z', 'foo', []],
  ['a.b', 'a\u{a}b', null],
  ['a.b', 'a\u{d}b', []],
  ['(?s)a.b', 'a\u{a}b', []],
  ['(?m)a$.^b', 'a\u{a}b', null],
  ['(?ms)a$.^b', 'a\u{a}b', []],
  ['\\w+', 'Jürgen', []],
  ['\\w+', 'e\u{301}', null],
  ['\\w+', '²', []],
  ['\\d+', '٤٢', []],
  ['\\d', '²', null],
  ['\\s', '\u{feff}', null],
  ['\\s', '\u{1c}', []],
  ['[^\\W\\d]+', 'Jürgen', []],
  ['[\\S]', '\u{85}', null],
  ['.*\\bürg.*', 'a ürg', []],
  ['a\\bü', 'aü', null],
  ['a\\Bü', 'aü', []],
  ['(?i)STRASSE', 'strasse', []],
  ['(?P<name>[^:]+):(?P<rest>.*)', 'a:b:c', ['a', 'b:c']],
  ['x{,2}', 'xx', []],
  ['x{,2}', 'xxx', null],
  ['x{}', 'x{}', []],
  ['x{a}', 'x{a}', []],
  ['a}', 'a}', []],
  ['a]', 'a]', []],
  ['[]a]+', 'a]', []],
  ['[^]a]+', 'b', []],
  ['[a-]+', 'a-', []],
  ['[a\\-z]+', 'b', null],
  ['[[a]+', '[a', []],
  ['[a&&b]+', 'a&b', []],
  ['[\\b]', '\u{8}', []],
  ['[+--]+', '+,-', []],
  ['a\\-b\\_c\\ d\\@e', 'a-b_c d@e', []],
  ['\\x41\\u0042\\U00000043\\104', 'ABCD', []],
  ['\\0', '\u{0}', []],
  ['(?#why)a(?#not)+(?#at all)', 'aaa', []],
  ['(?!admin).*', 'administrator', null],
  ['.*(?<!-x)', 'z-y', []],
  ['(a)|(b)', 'b', [null, 'b']],
  ['.', '😀', []],
  ['[😀-😂]', '😁', []],
]

test.each(asked)('%j matches %j as Python does', (pattern, value, groups) => {
  const match = translatePython(pattern).regexp.exec(value)
  expect(
    match === null ? null : match.slice(1).map((group) => (group as string | undefined) ?? null),
  ).toEqual(groups)
})

const untranslatable = String.raw`(a)\1 | (?P<x>a)(?P=x) | (a)?(?(1)b) | (?>a)b | a*+ | a{2}+ | (?x)a | (?a)\w | a(?i)b | (?i:a)b | \N{DIGIT ONE} | \p{L} | \q
[\Z] | [\w-z] | [z-a] | [a | (a | a) | *a | a** | {2} | (?#x)* | (+) | (? | a\ | (?P<x>a)(?P<x>b) | (?P<1>a) | \U00110000 | (?=a)* | (?#a | \x4`

test.each(untranslatable.split(/ \| |\n/))('%j is refused', (pattern) => {
  expect(() => translatePython(pattern)).toThrow(TypeError)
})

describe('templates', () => {
  const expand = (template: string, pattern: string, value: string) => {
    const translated = translatePython(pattern)
    const match = translated.regexp.exec(value)
    return match === null ? undefined : readTemplate(template, translated)(match)
  }

  test.each([
    ['plain', 'a', 'a', 'plain'],
    ['\\1', '(.*)-x', 'z-x', 'z'],
    ['\\2/\\1', '(.*)-(.*)', 'a-b', 'b/a'],
    ['\\g<0>:\\g<1>:\\g<all>', '(?P<all>a+)', 'aa', 'aa:aa:aa'],
    ['<\\1>', '(a)|b', 'b', '<>'],
    ['\\\\1', '(a)', 'a', '\\1'],
    ['a\\-b$1', '(a)', 'a', 'a\\-b$1'],
    ['\\10', '()()()()()()()()()(x)', 'x', 'x'],
    ['\\1', '(?:ab)*(c)', 'ababc', 'c'],
  ])('%j', (template, pattern, value, expected) => {
    expect(expand(template, pattern, value)).toBe(expected)
  })

  test.each([
    ['\\1', 'a'],
    ['\\2', '(a)'],
    ['\\g<x>', '(a)'],
    ['\\g<1', '(a)'],
    ['\\0', '(a)'],
    ['\\q', '(a)'],
    ['\\', '(a)'],
    // Python keeps the last match of such a group, JavaScript that of the last round.
    ['\\1', '(?:(a)|b)(?#any)*'],
    ['\\2', '((a)|b)+'],
    ['\\1', '(?:x(?:(a)|b)y)+'],
  ])('%j of %j is refused', (template, pattern) => {
    expect(() => readTemplate(template, translatePython(pattern))).toThrow(TypeError)
  })
})
