import { invalidField } from '../http/fields.ts'
import type { SolrParameters } from './solr-parameters.ts'

/** What has one possible value here. */
const FIXED: Readonly<Record<string, string>> = { wt: 'json', defType: 'lucene' }

/** What would be answered otherwise than it was meant; everything else that is not known changes no answer. */
const SWITCHES = ['group', 'stats', 'mlt'] as const
const IMPOSSIBLE = [
  'qt',
  'shards',
  'json',
  'json.facet',
  'facet.range',
  'facet.date',
  'facet.pivot',
  'facet.interval',
] as const

/**
 * Refuses parameters of Solr that this endpoint cannot honour.
 *
 * @throws HttpError 400 `field-invalid`
 */
export function refuseParameters({ first, isOn, values }: SolrParameters): void {
  for (const [name, only] of Object.entries(FIXED)) {
    const value = first(name)
    if (value !== undefined && value !== only) throw invalidField(name, `can be ${only} alone`)
  }
  for (const name of SWITCHES) if (isOn(name)) throw invalidField(name, 'is not possible here')
  for (const name of IMPOSSIBLE)
    if (first(name) !== undefined) throw invalidField(name, 'is not possible here')
  const stream = [...values.keys()].find((name) => name.startsWith('stream.'))
  if (stream !== undefined) throw invalidField(stream, 'is not possible here')
}
