import type { Metadata } from '../../domain/metadata/metadata.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import type { JsonObject } from '../../domain/patch/json-value.ts'
import { createMetadataBuilder } from '../metadata-builder.ts'
import { readKeywords, readLicenses, readSources, text } from './descriptor.ts'
import type { DataContributor, DataLicense, DataPackageInfo, DataSource } from './descriptor.ts'

/**
 * Says in Dublin Core what a Data Resource and its package say of it. The licences are the package's where the
 * resource has none of its own (Data Resource, "licenses"); its sources are only its own.
 *
 * @param size bytes of all its files together
 */
export function resourceMetadata(resource: JsonObject, info: DataPackageInfo, size: number): Metadata {
  const metadata = createMetadataBuilder()
  const add = (field: string, ...values: readonly (string | null)[]): void => {
    for (const value of new Set(values)) if (value !== null) metadata.add(field, metadataValue(value))
  }
  const licenses = readLicenses(resource)
  add('dc.title', text(resource, 'title') ?? text(resource, 'name'))
  for (const contributor of info.contributors) add(contributorField(contributor), contributor.title)
  add('dc.date.issued', dateOf(info.created))
  add('dc.description', text(resource, 'description'))
  add('dc.identifier', text(resource, 'name'))
  add('dc.subject', ...info.keywords, ...readKeywords(resource))
  add('dc.source', ...readSources(resource).map(sourceText))
  for (const license of licenses.length > 0 ? licenses : info.licenses) {
    add('dc.rights', rightsText(license))
    add('dc.rights.uri', rightsUri(license))
  }
  add('dc.format.mimetype', text(resource, 'mediatype'))
  add('dc.format.extent', `${size} bytes`)
  add('dc.type', 'Dataset')
  return metadata.build()
}

function contributorField({ roles }: DataContributor): string {
  // A contributor is an author unless the package says otherwise; its own default is "contributor".
  if (roles.length === 0 || roles.some((role) => AUTHORS.has(role))) return 'dc.contributor.author'
  return roles.includes('publisher') ? 'dc.publisher' : 'dc.contributor.other'
}

const AUTHORS = new Set(['author', 'creator', 'contributor'])

function sourceText({ title, path }: DataSource): string | null {
  return title === null || path === null ? (title ?? path) : `${title} (${path})`
}

function rightsText({ name, title, path }: DataLicense): string | null {
  const label = title ?? name
  if (label !== null) return isUrl(label) ? null : label
  // The path of a licence in the package is all that is known of it.
  return path !== null && isUrl(path) ? null : path
}

function rightsUri({ title, path }: DataLicense): string | null {
  return [path, title].find((candidate) => candidate !== null && isUrl(candidate)) ?? null
}

/** The day of a date and time of RFC 3339, without which it is no date. */
function dateOf(created: string | null): string | null {
  return /^\d{4}-\d{2}-\d{2}(?=$|T)/i.exec(created ?? '')?.[0] ?? null
}

/** Tells a web address from a path. */
export function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
}
