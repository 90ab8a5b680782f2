import type { ParameterShape } from './value-types.ts'
import { valueOf } from './value-types.ts'

/** How the value of a parameter is written (OpenAPI 3.1 section 4.8.12.3). */
export interface ParameterStyle {
  readonly name: string
  readonly style: string
  readonly explode: boolean
  readonly shape: ParameterShape
}

/** A piece of a text, and how escapes in it are undone: first separators are looked for, then pieces are decoded. */
type Decode = (text: string) => string

/** The value of a parameter that is one text: in a path, a header or a cookie. */
export function readText(text: string, parameter: ParameterStyle, decode: Decode): unknown {
  const { name, style, explode } = parameter
  if (style === 'label') {
    return readList(withoutStart(text, '.'), explode ? '.' : ',', parameter, decode)
  }
  if (style !== 'matrix') return readList(text, ',', parameter, decode)
  const isObject = parameter.shape.types.has('object')
  // `;name=a,b`, or exploded `;name=a;name=b`, and an object `;x=1;y=2` without its name.
  if (explode && isObject) return readList(withoutStart(text, ';'), ';', parameter, decode)
  const start = `;${name}=`
  return readList(
    explode ? withoutStart(text, start).replaceAll(start, ',') : withoutStart(text, start),
    ',',
    explode ? { ...parameter, explode: false } : parameter,
    decode,
  )
}

/** The value of a query parameter, out of all pairs of the query; `undefined` when it is not there. */
export function readQuery(pairs: readonly QueryPair[], parameter: ParameterStyle): unknown {
  const { name, style, explode, shape } = parameter
  const isObject = shape.types.has('object')
  if (isObject && style === 'deepObject') {
    const start = `${name}[`
    const inside = pairs.filter((pair) => pair.name.startsWith(start) && pair.name.endsWith(']'))
    return objectOf(
      inside.map((pair) => [pair.name.slice(start.length, -1), decodeForm(pair.raw)]),
      shape,
    )
  }
  if (isObject && explode) {
    return objectOf(
      pairs
        .filter((pair) => shape.properties.has(pair.name))
        .map((pair) => [pair.name, decodeForm(pair.raw)]),
      shape,
    )
  }
  const given = pairs.filter((pair) => pair.name === name)
  const [first] = given
  if (first === undefined) return undefined
  if (shape.types.has('array') && explode) {
    return given.map(({ raw }) => valueOf(decodeForm(raw), shape.items))
  }
  // A single value given twice is no single value: as a list it is refused by its type.
  if (given.length > 1) return given.map(({ raw }) => decodeForm(raw))
  const separator = { spaceDelimited: ' ', pipeDelimited: '|' }[style]
  return separator === undefined
    ? readList(first.raw, ',', parameter, decodeForm)
    : readList(decodeForm(first.raw), separator, parameter, (text) => text)
}

/** A pair of a query: the name decoded, the value as sent, since a comma in it may be a separator or escaped. */
export interface QueryPair {
  readonly name: string
  readonly raw: string
}

/** The pairs of a request target. */
export function queryPairs(url: string): QueryPair[] {
  const start = url.indexOf('?')
  if (start === -1) return []
  return url
    .slice(start + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const end = pair.indexOf('=')
      return end === -1
        ? { name: decodeForm(pair), raw: '' }
        : { name: decodeForm(pair.slice(0, end)), raw: pair.slice(end + 1) }
    })
}

/** Undoes percent-escapes; what is malformed stays as it is, and is refused by its schema or harmless. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function decodeForm(text: string): string {
  return decodePercent(text.replaceAll('+', ' '))
}

function readList(text: string, separator: string, parameter: ParameterStyle, decode: Decode): unknown {
  const { shape, explode } = parameter
  if (!shape.types.has('array') && !shape.types.has('object')) return valueOf(decode(text), shape.types)
  const pieces = text === '' ? [] : text.split(separator).map((piece) => piece.trim())
  if (shape.types.has('array')) return pieces.map((piece) => valueOf(decode(piece), shape.items))
  const pairs = explode ? pieces.map((piece) => splitOnce(piece)) : inPairs(pieces)
  return objectOf(
    pairs.map(([name, value]) => [decode(name), decode(value)]),
    shape,
  )
}

function objectOf(pairs: readonly (readonly [string, string])[], shape: ParameterShape): unknown {
  if (pairs.length === 0) return undefined
  return Object.fromEntries(
    pairs.map(([name, text]) => [name, valueOf(text, shape.properties.get(name) ?? shape.otherProperties)]),
  )
}

function splitOnce(piece: string): [string, string] {
  const end = piece.indexOf('=')
  return end === -1 ? [piece, ''] : [piece.slice(0, end), piece.slice(end + 1)]
}

function inPairs(pieces: readonly string[]): [string, string][] {
  return pieces.flatMap((piece, index) => (index % 2 === 0 ? [[piece, pieces[index + 1] ?? '']] : []))
}

function withoutStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text
}
