import { ClientError } from '../errors.ts'
import { discardBody } from '../pipeline/discard-body.ts'
import type { IslandoraApi, IslandoraCallOptions } from './islandora-api.ts'

/**
 * Deletes one version of a datastream, after asking for one of no date. Islandora overlooks `version` in a DELETE, and
 * would delete the whole datastream: of that question it says 404, as it compares dates as text. A server that knows
 * what a version is says 400.
 *
 * @throws {ClientError} `operation_unsupported`
 */
export async function deleteVersion(
  api: IslandoraApi,
  path: string,
  created: string,
  options: IslandoraCallOptions,
): Promise<void> {
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(created)) {
    throw new ClientError('arguments_invalid', `No date of a version: "${created}"`)
  }
  const answer = await api.send('GET', path, {
    ...options,
    query: { content: 'false', version: 'none' },
    accept: (status) => [200, 400, 404].includes(status),
  })
  await discardBody(answer)
  if (answer.status !== 400) {
    throw new ClientError('operation_unsupported', 'This server deletes no single versions')
  }
  await api.change('DELETE', path, {}, { ...options, query: { version: created } })
}
