import type { PythonPattern } from './python-pattern.ts'

/** Writes the text of a template with the groups of a match. */
export type Expand = (match: RegExpExecArray) => string

const part = /\\(?:([1-9]\d?)|g<([^>]*)>|([\s\S]?))|[^\\]+/g

/**
 * A template of Python's `Match.expand`: `\1`, `\g<1>`, `\g<name>`; a group that had no part in the match is empty.
 *
 * @throws TypeError for a group that the pattern does not have, or has inside a repetition
 */
export function readTemplate(template: string, pattern: PythonPattern): Expand {
  const parts = [...template.matchAll(part)].map(([text, digits, name, escaped]) => {
    if (digits !== undefined || name !== undefined) return groupOf(template, pattern, digits ?? name ?? '')
    return escaped === undefined ? text : unescape(template, escaped)
  })
  return (match) => parts.map((piece) => (typeof piece === 'string' ? piece : (match[piece] ?? ''))).join('')
}

function groupOf(template: string, pattern: PythonPattern, group: string): number {
  const number = /^\d+$/.test(group) ? Number(group) : pattern.groupNames.get(group)
  if (number === undefined || number > pattern.groupCount) {
    throw new TypeError(`${template} speaks of the group ${group}, which its expression does not have`)
  }
  if (pattern.repeatedGroups.has(number)) {
    throw new TypeError(`${template} speaks of the group ${group}, which is inside a repetition`)
  }
  return number
}

function unescape(template: string, char: string): string {
  if (char === '\\') return char
  if (/^[A-Za-z0-9]?$/.test(char)) throw new TypeError(`\\${char} in ${template} is not translated`)
  return `\\${char}`
}
