import { AnswerError } from '../errors.ts'
import type { IslandoraApi, IslandoraCallOptions } from './islandora-api.ts'

/**
 * Asks for a token of a datastream. Islandora answers with the bare text.
 *
 * @throws {AnswerError} `answer_invalid`
 */
export async function datastreamToken(
  api: IslandoraApi,
  path: string,
  { uses, ...options }: IslandoraCallOptions & { readonly uses?: number },
): Promise<string> {
  const answer = await api.read(path, { ...options, query: { uses } })
  const token: unknown = typeof answer === 'object' ? Reflect.get(answer ?? {}, 'token') : answer
  if (typeof token === 'string' && token !== '') return token
  const text = JSON.stringify(answer).slice(0, 1000)
  throw new AnswerError({ method: 'GET', url: path }, { text }, undefined)
}
