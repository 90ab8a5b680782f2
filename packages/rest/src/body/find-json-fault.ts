type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'separator'

// The tokens of RFC 8259; a name of a member is a string too.
const token =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?))/y
const space = /[ \t\n\r]*/y

/** Where a text stops being JSON, as an offset; its length where it only ends too early. For messages, not for parsing. */
export function findJsonFault(text: string): number {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let offset = 0
  for (;;) {
    const start = skipSpace(text, offset)
    if (expected === 'separator' && open.length === 0) return start
    token.lastIndex = offset
    const match = token.exec(text)
    if (match === null) return start
    const next = follow(match[1] ?? (match[2] === undefined ? 'scalar' : 'string'), expected, open)
    if (next === undefined) return start
    expected = next
    offset = token.lastIndex
  }
}

/** What may come after `symbol`, `undefined` where it may not stand. */
function follow(symbol: string, expected: Expected, open: ('{' | '[')[]): Expected | undefined {
  const inside = open.at(-1)
  if (expected === 'value' || expected === 'value or ]') {
    if (symbol === 'scalar' || symbol === 'string') return 'separator'
    if (symbol === '{' || symbol === '[') {
      open.push(symbol)
      return symbol === '{' ? 'key or }' : 'value or ]'
    }
    return symbol === ']' && expected === 'value or ]' ? close(open) : undefined
  }
  if (expected === 'key' || expected === 'key or }') {
    if (symbol === 'string') return 'colon'
    return symbol === '}' && expected === 'key or }' ? close(open) : undefined
  }
  if (expected === 'colon') return symbol === ':' ? 'value' : undefined
  if (symbol === ',') return inside === '{' ? 'key' : 'value'
  return (symbol === '}' && inside === '{') || (symbol === ']' && inside === '[') ? close(open) : undefined
}

function close(open: ('{' | '[')[]): Expected {
  open.pop()
  return 'separator'
}

function skipSpace(text: string, from: number): number {
  space.lastIndex = from
  space.exec(text)
  return space.lastIndex
}
