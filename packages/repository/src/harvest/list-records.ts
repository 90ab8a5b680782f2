import { wantedSet, type HarvestSettings } from '../domain/harvest/harvest.ts'
import { invalidAnswer } from '../domain/outside-error.ts'
import type { RecordPage } from './harvest-source.ts'
import { isCondition } from './oai-client.ts'
import type { Provider } from './open-provider.ts'
import { readRecords } from './read-records.ts'

/**
 * The records of a provider, page after page (OAI-PMH sections 3.5 and 4.5).
 *
 * @param request.prefix what the provider calls the format wanted
 * @param request.from changed since a moment, or what follows a resumption token
 * @throws OutsideError
 */
export async function* listRecords(
  provider: Provider,
  request: {
    readonly settings: HarvestSettings
    readonly prefix: string
    readonly from: { readonly moment: Date | null; readonly token: string | null }
  },
): AsyncGenerator<RecordPage, void, void> {
  const { settings, prefix, from } = request
  const first = {
    verb: 'ListRecords',
    metadataPrefix: prefix,
    set: wantedSet(settings),
    from: from.moment && granular(from.moment, provider),
  }
  const seen = new Set<string>()
  let token = from.token
  for (;;) {
    const isResumed = token !== null && seen.size === 0
    const words = token === null ? first : { verb: 'ListRecords', resumptionToken: token }
    const answer = await provider.request(words).catch((error: unknown) => {
      if (isCondition(error, 'noRecordsMatch')) return undefined
      // Tokens live as long as providers like (section 3.5): what was done is known again at the beginning.
      if (isResumed && isCondition(error, 'badResumptionToken')) return 'again'
      throw error
    })
    if (answer === undefined) return
    if (answer === 'again') {
      token = null
      continue
    }
    const page = readRecords(answer, settings.format)
    yield page
    if (page.token === null) return
    if (seen.has(page.token))
      throw invalidAnswer(`${provider.source} repeats a resumption token: its list never ends`)
    seen.add(page.token)
    token = page.token
  }
}

/** A moment as the provider counts time (section 3.3.1). */
function granular(moment: Date, { hasSeconds }: Provider): string {
  const text = moment.toISOString()
  return hasSeconds ? `${text.slice(0, 19)}Z` : text.slice(0, 10)
}
