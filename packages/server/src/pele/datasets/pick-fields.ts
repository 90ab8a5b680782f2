/** What a document may hold. */
type Value = unknown

/**
 * Leaves of a document what a list of fields names, as Elasticsearch does with `_source`: `metadata.trackNumber` is a
 * member within a member, in each object of a list; a member that is named whole comes whole; `*` stands for anything.
 *
 * @example
 * pickFields(['id', 'metadata.*Number'])(document)
 */
export function pickFields(fields: readonly string[]): (document: object) => object {
  const names = fields.filter((field) => field !== '').map(expressionsOf)
  return (document) => pickMembers(document, '', names)
}

/** Whether a path is named, and whether it leads to something named. */
interface Field {
  readonly isNamed: (path: string) => boolean
  readonly leadsOn: (path: string) => boolean
}

function expressionsOf(field: string): Field {
  const pattern = (text: string) => text.replaceAll(/[^\w*]/g, String.raw`\$&`).replaceAll('*', '.*')
  const whole = new RegExp(`^${pattern(field)}$`, 's')
  const parts = field.split('.')
  const beginnings = parts
    .slice(1)
    .map((_, index) => new RegExp(`^${pattern(parts.slice(0, index + 1).join('.'))}$`, 's'))
  return {
    isNamed: (path) => whole.test(path),
    leadsOn: (path) => beginnings.some((beginning) => beginning.test(path)),
  }
}

function pickMembers(value: object, above: string, fields: readonly Field[]): Record<string, Value> {
  const picked = Object.entries(value).flatMap(([name, member]): [string, Value][] => {
    const path = above === '' ? name : `${above}.${name}`
    if (fields.some(({ isNamed }) => isNamed(path))) return [[name, member]]
    if (!fields.some(({ leadsOn }) => leadsOn(path))) return []
    const rest = pickWithin(member, path, fields)
    return rest === undefined ? [] : [[name, rest]]
  })
  return Object.fromEntries(picked)
}

/** Undefined where nothing of it is named. */
function pickWithin(value: Value, path: string, fields: readonly Field[]): Value {
  if (Array.isArray(value)) {
    const rest = value
      .map((element: Value) => pickWithin(element, path, fields))
      .filter((element) => element !== undefined)
    return rest.length === 0 ? undefined : rest
  }
  if (typeof value !== 'object' || value === null) return undefined
  const rest = pickMembers(value, path, fields)
  return Object.keys(rest).length === 0 ? undefined : rest
}
