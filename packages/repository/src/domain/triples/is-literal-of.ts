/** Where the types of XML Schema are named. */
export const XSD = 'http://www.w3.org/2001/XMLSchema#'

/** The lexical spaces of the types that people use (XML Schema Part 2: Datatypes). */
const FORMS: Readonly<Record<string, (text: string) => boolean>> = {
  int: (text) => isInteger(text, 32),
  long: (text) => isInteger(text, 64),
  integer: (text) => INTEGER.test(text),
  decimal: (text) => /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text),
  double: isFloatingPoint,
  float: isFloatingPoint,
  boolean: (text) => ['true', 'false', '1', '0'].includes(text),
  date: (text) => DATE.test(text) && isDay(text),
  dateTime: (text) => DATE_TIME.test(text) && isDay(text),
}

const INTEGER = /^[+-]?\d+$/
const ZONE = String.raw`(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?`
const DATE = new RegExp(String.raw`^\d{4}-\d\d-\d\d${ZONE}$`)
const DATE_TIME = new RegExp(String.raw`^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?${ZONE}$`)

/**
 * Whether a text is a literal of a type. Of types that are not known here, every text is one.
 *
 * @param datatype a URI
 * @example
 * isLiteralOf('2013-02-30', XSD + 'date') // false
 */
export function isLiteralOf(text: string, datatype: string): boolean {
  const name = datatype.startsWith(XSD) ? datatype.slice(XSD.length) : ''
  const matches = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined
  return matches === undefined || matches(text)
}

function isInteger(text: string, bits: number): boolean {
  // Nothing longer can be one, and numbers of any length take time to read.
  if (!INTEGER.test(text) || text.length > 1000) return false
  const value = BigInt(text.replace(/^\+/, ''))
  return BigInt.asIntN(bits, value) === value
}

function isFloatingPoint(text: string): boolean {
  return /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?|[+-]?INF|NaN)$/.test(text)
}

/** Whether the month has the day with which a date begins. */
function isDay(text: string): boolean {
  const day = text.slice(0, 10)
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}
