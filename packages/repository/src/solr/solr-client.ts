import { DomainError } from '../domain/errors.ts'

/** Speaks to one core or collection of a Solr. */
export interface SolrClient {
  /** Asks the handler `/select`; values may be repeated. */
  select(parameters: readonly (readonly [name: string, value: string])[]): Promise<SolrAnswer>
  /** Sends documents or a command to `/update`. */
  update(body: unknown, options?: { readonly commit: boolean }): Promise<void>
}

/** What `/select` answers, as far as it is asked for here. */
export interface SolrAnswer {
  readonly responseHeader: { readonly partialResults?: boolean }
  readonly response: {
    readonly numFound: number
    readonly docs: readonly Readonly<Record<string, unknown>>[]
  }
  readonly nextCursorMark?: string
  readonly facet_counts?: {
    readonly facet_queries: Readonly<Record<string, number>>
    readonly facet_fields: Readonly<Record<string, readonly (string | number)[]>>
  }
}

/** milliseconds; longer than queries are allowed to take by themselves */
const PATIENCE = 30_000

/** @param address e.g. `http://127.0.0.1:8983/solr/hexapla`; a user and a password may stand in it */
export function solrClient(address: string): SolrClient {
  const url = new URL(address)
  const { username, password } = url
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const headers = username === '' ? {} : { authorization: `Basic ${btoa(credentials)}` }
  const core = `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  const post = async (path: string, type: string, body: string): Promise<unknown> => {
    try {
      const response = await fetch(`${core}${path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': type },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      })
      const answer: unknown = await response.json()
      if (response.ok) return answer
      throw refusal(response.status, answer)
    } catch (error) {
      throw error instanceof DomainError ? error : unavailable('Solr does not answer', error)
    }
  }
  return {
    select: async (parameters) =>
      (await post(
        '/select',
        'application/x-www-form-urlencoded; charset=utf-8',
        new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])).toString(),
      )) as SolrAnswer,
    async update(body, { commit } = { commit: false }) {
      const query = commit ? '?wt=json&softCommit=true' : '?wt=json'
      await post(`/update${query}`, 'application/json', JSON.stringify(body))
    },
  }
}

function refusal(status: number, answer: unknown): DomainError {
  const { error } = answer as { readonly error?: { readonly msg?: string } }
  const message = error?.msg ?? `status ${status}`
  return status === 400
    ? new DomainError('QUERY_INVALID', `Solr does not take the query: ${message}`)
    : unavailable(`Solr cannot answer: ${message}`)
}

function unavailable(message: string, cause?: unknown): DomainError {
  return new DomainError('SEARCH_UNAVAILABLE', message, {}, { cause })
}
