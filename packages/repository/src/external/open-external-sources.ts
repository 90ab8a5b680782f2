import type { ExternalSource } from '../domain/external/external-source.ts'
import { fetchOutside, type Ask } from '../outside/fetch-outside.ts'
import { arxivSource } from './arxiv-source.ts'
import { crossrefSource } from './crossref-source.ts'
import { orcidSource } from './orcid-source.ts'

/** The services that can be asked, and where they are. */
export const EXTERNAL_SOURCES = {
  arxiv: 'https://export.arxiv.org/api/query',
  crossref: 'https://api.crossref.org',
  orcid: 'https://pub.orcid.org/v3.0',
} as const

/** The name of one of {@link EXTERNAL_SOURCES}. */
export type ExternalSourceName = keyof typeof EXTERNAL_SOURCES

/** A service that is to be asked, by its address. */
export interface ExternalSourceConfig {
  readonly name: ExternalSourceName
  readonly url: string
}

const OPEN: Readonly<Record<ExternalSourceName, (ask: Ask, base: string) => ExternalSource>> = {
  arxiv: arxivSource,
  crossref: crossrefSource,
  orcid: orcidSource,
}

/** The external sources that the configuration names, by name; each asks its own host alone. */
export function openExternalSources(configs: readonly ExternalSourceConfig[]): readonly ExternalSource[] {
  return configs
    .map(({ name, url }) => OPEN[name](fetchOutside([new URL(url).host]), url))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
}
