import { isJsonType, parseMediaType } from '../../body/media-type.ts'
import { at, entriesAt, type Place } from './place.ts'
import type { CheckValue } from './schema-compiler.ts'

/** What a body may be, by media type or range, as in `image/*`. */
export interface MediaTypes {
  readonly names: readonly string[]
  /** What a body of this `Content-Type` is checked by; `undefined` when there is no such type. */
  find(contentType: string | undefined): MediaType | undefined
}

/** One media type of a body. */
export interface MediaType {
  readonly isJson: boolean
  readonly check: CheckValue
}

/** Prepares `content` of a request body or a response. */
export function mediaTypes(content: Place, compile: (schema: Place) => CheckValue): MediaTypes {
  const entries = entriesAt(content).map(([name, media]) => {
    const schema = at(media, 'schema')
    const check = schema.value === undefined ? (): [] => [] : compile(schema)
    return [essenceOf(name) ?? name, check] as const
  })
  const checks = new Map<string, CheckValue>(entries)
  return {
    names: [...checks.keys()],
    find(contentType) {
      const essence = essenceOf(contentType)
      if (essence === undefined) return undefined
      const [type = ''] = essence.split('/')
      const check = checks.get(essence) ?? checks.get(`${type}/*`) ?? checks.get('*/*')
      return check && { isJson: isJsonType(essence), check }
    },
  }
}

function essenceOf(contentType: string | undefined): string | undefined {
  return parseMediaType(contentType)?.essence
}
