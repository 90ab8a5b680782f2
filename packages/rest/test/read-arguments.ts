import { RestHandler } from '@hexapla/rest'
import { serve } from './serve.ts'

/** What reads the arguments of a request. */
export interface ArgumentReader {
  parse(request: RestHandler['request']): Promise<unknown>
}

class Reads extends RestHandler<{ reader: ArgumentReader }> {
  override async post() {
    return await this.deps.reader.parse(this.request)
  }
}

export interface Answer {
  readonly status: number
  readonly body: unknown
  /** The sentence of a failure. */
  readonly detail: string | undefined
  readonly faults: Record<string, string>
}

/** Reads one request by `reader`: a query, or a body with its type. */
export async function read(
  reader: ArgumentReader,
  query: string,
  body?: { type: string; text: string },
): Promise<Answer> {
  const { url } = await serve((server) => server.addRoute('/', Reads, { deps: { reader } }))
  const response = await fetch(`${url}/?${query}`, {
    method: 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': body.type }, body: body.text }),
  })
  const parsed = (await response.json()) as {
    detail?: string
    errors?: { name: string; message: string }[]
  }
  const faults = Object.fromEntries((parsed.errors ?? []).map(({ name, message }) => [name, message]))
  return { status: response.status, body: parsed, detail: parsed.detail, faults }
}

/** A JSON body. */
export const asJson = (value: unknown) => ({ type: 'application/json', text: JSON.stringify(value) })
/** A form body. */
export const asForm = (text: string) => ({ type: 'application/x-www-form-urlencoded', text })
