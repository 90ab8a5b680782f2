import { HttpError, type FilePart, type MultipartPart, type RestRequest } from '@hexapla/rest'
import type { Fields } from './fields.ts'

/** A body: a form, with or without a file, or a JSON object. */
export interface ReceivedBody {
  /** What came before the file; all there is, without one. */
  readonly fields: Fields
  readonly file: FilePart | undefined
  /** Reads what comes behind the file, and yields all fields. */
  readonly rest: () => Promise<Fields>
}

const FORM = 'application/x-www-form-urlencoded'

/**
 * Receives a body up to the bytes of its file, the first one of the form, and lets `work` take them.
 *
 * @throws HttpError 400 `malformed-json`, `malformed-multipart`, 413
 */
export async function receiveBody<T>(
  request: RestRequest,
  work: (body: ReceivedBody) => Promise<T>,
): Promise<T> {
  if (request.contentType?.toLowerCase().startsWith('multipart/form-data') !== true) {
    const fields = await readFields(request)
    return work({ fields, file: undefined, rest: async () => fields })
  }
  const parts = request.multipart({ fields: 1000 })
  const fields = new Map<string, unknown>()
  try {
    const file = await readToFile(parts, fields)
    const rest = async (): Promise<Fields> => {
      while ((await readToFile(parts, fields)) !== undefined);
      return fields
    }
    return await work({ fields, file, rest })
  } finally {
    await parts.return()
  }
}

/** Notes fields up to the next file. */
async function readToFile(
  parts: AsyncGenerator<MultipartPart, void, undefined>,
  fields: Map<string, unknown>,
): Promise<FilePart | undefined> {
  for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
    if (next.value.kind === 'file') return next.value
    fields.set(next.value.name, next.value.value)
  }
  return undefined
}

/** curl says that JSON is a form unless it is told otherwise. */
async function readFields(request: RestRequest): Promise<Fields> {
  if (!request.hasBody) return new Map()
  const text = (await request.bytes()).toString('utf8').trim()
  if (text === '') return new Map()
  const isForm = request.contentType?.toLowerCase().startsWith(FORM) === true && !text.startsWith('{')
  return isForm ? new Map(new URLSearchParams(text)) : new Map(Object.entries(parseObject(text)))
}

function parseObject(text: string): object {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new HttpError(400, 'malformed-json', `The body is not JSON: ${String(cause)}`, { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HttpError(400, 'malformed-json', 'The body must be a JSON object')
  }
  return value
}
