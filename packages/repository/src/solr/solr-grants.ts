import type { Grants } from '../domain/access/grants.ts'
import { OWN } from './solr-fields.ts'

/**
 * The rule of access, and of what is shown in lists, as a filter: who administers a collection finds what is hidden there
 * too.
 *
 * @returns undefined when nothing is granted
 */
export function solrGrants(grants: Grants): readonly (readonly [name: string, value: string])[] | undefined {
  if (grants.kind === 'everything') return []
  if (grants.kind === 'nothing') return undefined
  const readers = [...grants.groupIds, ...(grants.personId === null ? [] : [grants.personId])]
  return [
    ['fq', '{!bool should=$shown should=$administered}'],
    ['shown', '{!bool must=$listed must=$readable}'],
    ['listed', `{!term f=${OWN.listed}}true`],
    ['readable', `{!terms f=${OWN.readers}}${readers.join(',')}`],
    ['administered', `{!terms f=${OWN.container}}${grants.administers.join(',')}`],
  ]
}
