import type { SearchableRecord } from '@hexapla/repository'
import { HttpError, type FieldFault } from '@hexapla/rest'

/** What a client asks the search for. */
export interface ParsedSearch {
  readonly words: string
  readonly kinds: readonly SearchableRecord['kind'][]
  readonly scopeId?: string
}

const KINDS = ['item', 'collection', 'community'] as const
/** Configurations of what is still being submitted, of which there is nothing. */
const SUBMISSIONS: ReadonlySet<string> = new Set([
  'workspace',
  'workflow',
  'workflowAdmin',
  'supervision',
  'supervisedWorkspace',
  'otherWorkspace',
])
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Reads `query`, `scope`, `dsoType` (repeated, in any case) and `configuration` (RestContract search-endpoint.md). Empty
 * parameters count as absent.
 *
 * @throws HttpError 400 `argument-invalid` naming each parameter that is not understood; filters (`f.NAME`) are such
 */
export function parseSearch(query: URLSearchParams): ParsedSearch {
  const faults: FieldFault[] = []
  const scope = query.get('scope') ?? ''
  if (scope !== '' && !UUID.test(scope)) faults.push({ name: 'scope', message: 'must be a uuid' })
  const types = query.getAll('dsoType').filter((type) => type !== '')
  const kinds = KINDS.filter(
    (kind) => types.length === 0 || types.some((type) => type.toLowerCase() === kind),
  )
  if (types.some((type) => !KINDS.some((kind) => kind === type.toLowerCase()))) {
    faults.push({ name: 'dsoType', message: `must be one of ${KINDS.join(', ')}` })
  }
  for (const name of new Set(query.keys())) {
    // Leaving a filter out would show what was to be filtered away.
    if (name.startsWith('f.')) faults.push({ name, message: 'is no filter of this search' })
  }
  if (faults.length > 0) {
    const message = faults.map((fault) => `${fault.name} ${fault.message}`).join('; ')
    throw new HttpError(400, 'argument-invalid', message, { fields: faults })
  }
  return {
    words: query.get('query') ?? '',
    kinds: SUBMISSIONS.has(query.get('configuration') ?? '') ? [] : kinds,
    ...(scope === '' ? {} : { scopeId: scope.toLowerCase() }),
  }
}
