import { isJsonArray, isJsonObject } from '../../domain/patch/json-value.ts'
import type { JsonObject, JsonValue } from '../../domain/patch/json-value.ts'

/** A licence, at least one of its properties being set. */
export interface DataLicense {
  /** Identifier of the Open Definition or SPDX. */
  readonly name: string | null
  readonly title: string | null
  /** URL, or path in the package. */
  readonly path: string | null
}

/** Where data come from, at least one of the properties being set. */
export interface DataSource {
  readonly title: string | null
  readonly path: string | null
}

/** A person or organisation. */
export interface DataContributor {
  readonly title: string
  readonly path: string | null
  /** Version 1 has one `role`, version 2 several `roles`. Lower case. */
  readonly roles: readonly string[]
}

/** What a Data Package says of itself. */
export interface DataPackageInfo {
  readonly name: string | null
  readonly title: string | null
  readonly description: string | null
  readonly homepage: string | null
  readonly version: string | null
  /** As written, RFC 3339. */
  readonly created: string | null
  readonly keywords: readonly string[]
  readonly licenses: readonly DataLicense[]
  readonly sources: readonly DataSource[]
  readonly contributors: readonly DataContributor[]
}

/**
 * Reads the properties of a Data Package, of version 1 (`profile`) or 2 (`$schema`) alike. What is of another type
 * than the standard says is taken as absent: description is help, and no reason to leave data behind.
 */
export function readPackageInfo(descriptor: JsonObject): DataPackageInfo {
  return {
    name: text(descriptor, 'name'),
    title: text(descriptor, 'title'),
    description: text(descriptor, 'description'),
    homepage: text(descriptor, 'homepage'),
    version: text(descriptor, 'version'),
    created: text(descriptor, 'created'),
    keywords: readKeywords(descriptor),
    licenses: readLicenses(descriptor),
    sources: readSources(descriptor),
    contributors: objects(descriptor, 'contributors').flatMap(readContributor),
  }
}

/** The `licenses` of a package or resource. */
export function readLicenses(owner: JsonObject): readonly DataLicense[] {
  return objects(owner, 'licenses')
    .map((entry) => ({ name: text(entry, 'name'), title: text(entry, 'title'), path: text(entry, 'path') }))
    .filter(({ name, title, path }) => (name ?? title ?? path) !== null)
}

/** The `sources` of a package or resource. */
export function readSources(owner: JsonObject): readonly DataSource[] {
  return objects(owner, 'sources')
    .map((entry) => ({ title: text(entry, 'title'), path: text(entry, 'path') }))
    .filter(({ title, path }) => (title ?? path) !== null)
}

/** The `keywords` of a package or resource. */
export function readKeywords(owner: JsonObject): readonly string[] {
  return texts(owner['keywords'])
}

/** A text that is not blank, trimmed, or null. */
export function text(owner: JsonObject, property: string): string | null {
  return texts(Object.hasOwn(owner, property) ? owner[property] : undefined)[0] ?? null
}

function readContributor(entry: JsonObject): DataContributor[] {
  const family = text(entry, 'familyName')
  const given = text(entry, 'givenName')
  const name = [family, given].filter((part) => part !== null).join(', ')
  const title = text(entry, 'title') ?? (name === '' ? text(entry, 'organization') : name)
  if (title === null) return []
  const roles = [...texts(entry['role']), ...texts(entry['roles'])].map((role) => role.toLowerCase())
  return [{ title, path: text(entry, 'path'), roles }]
}

/** The texts of a value that is one or a list of them. */
function texts(value: JsonValue | undefined): readonly string[] {
  const entries = value === undefined ? [] : isJsonArray(value) ? value : [value]
  return entries
    .filter((entry) => typeof entry === 'string')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function objects(owner: JsonObject, property: string): readonly JsonObject[] {
  const value = Object.hasOwn(owner, property) ? owner[property] : undefined
  return value !== undefined && isJsonArray(value) ? value.filter(isJsonObject) : []
}
