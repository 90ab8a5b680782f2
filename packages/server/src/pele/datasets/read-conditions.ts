import type { DatasetQuery } from '@hexapla/repository'
import { HttpError, type RestRequest } from '@hexapla/rest'

type Conditions = Pick<DatasetQuery, 'startTime' | 'endTime' | 'polygon'>

/**
 * Reads `start_time`, `end_time` and `polygon` of a query.
 *
 * @throws HttpError 400 `invalid-arguments` for a polygon that is no JSON list
 */
export function readConditions({ query }: Pick<RestRequest, 'query'>): Conditions {
  const polygon = query.get('polygon')
  return {
    startTime: query.get('start_time') ?? undefined,
    endTime: query.get('end_time') ?? undefined,
    polygon: polygon === null ? undefined : parsePolygon(polygon),
  }
}

/**
 * The same of a JSON body, and of the query for what the body does not have.
 *
 * @param body a JSON object
 * @throws HttpError 400 `invalid-arguments`
 */
export function readBodyConditions(
  request: Pick<RestRequest, 'query'>,
  body: Readonly<Record<string, unknown>>,
): Conditions {
  const asked = readConditions(request)
  const polygon = body['polygon'] ?? undefined
  if (polygon !== undefined && !Array.isArray(polygon)) throw refused('polygon must be type list')
  return {
    startTime: body['start_time'] ?? asked.startTime,
    endTime: body['end_time'] ?? asked.endTime,
    polygon: polygon ?? asked.polygon,
  }
}

function parsePolygon(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refused(`Invalid polygon value: ${text.slice(0, 200)}`)
  }
  if (!Array.isArray(value)) throw refused('polygon must be type list')
  return value
}

function refused(message: string): HttpError {
  return new HttpError(400, 'invalid-arguments', message, { fields: [{ name: 'polygon', message }] })
}
