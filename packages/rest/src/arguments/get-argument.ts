import type { RestRequest } from '../request.ts'
import { invalidArguments } from './argument-fault.ts'
import { readJsonArguments } from './json-arguments.ts'

/**
 * One argument by its name: from the query (the last value, without spaces around it), else from the JSON body, else
 * the fallback. The body is read only when the query has no such argument.
 *
 * @throws HttpError 400 `invalid-arguments` when it is absent and there is no fallback; and those of
 * {@link readJsonArguments}.
 */
export async function getArgument(
  request: RestRequest,
  name: string,
  ...fallback: [] | [fallback: unknown]
): Promise<unknown> {
  const value = request.query.getAll(name).at(-1)
  if (value !== undefined) return value.trim()
  const body = await readJsonArguments(request)
  if (Object.hasOwn(body, name)) return body[name]
  if (fallback.length === 0) throw invalidArguments([{ kind: 'missing', name }])
  return fallback[0]
}
