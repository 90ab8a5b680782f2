import { ClientError } from '../errors.ts'

/**
 * The path of a resource of the API after the address of the site; pids keep their colon.
 *
 * @example apiPath('object', 'islandora:root') // '/islandora/rest/v1/object/islandora:root'
 * @throws {ClientError} `arguments_invalid` for an empty part, `.` and `..`, which URLs do not keep
 */
export function apiPath(...parts: readonly string[]): string {
  return `/islandora/rest/v1/${parts.map(segment).join('/')}`
}

/** The path of a Solr query. Its slashes stay, because web servers refuse encoded ones, unless the URL would lose them. */
export function solrPath(query: string): string {
  const encoded = segment(query)
  const isLost = /(?:^|\/)\.{0,2}(?:\/|$)/.test(query)
  return `/islandora/rest/v1/solr/${isLost ? encoded : encoded.replaceAll('%2F', '/')}`
}

// `encodeURIComponent` writes spaces as %20 and plus signs as %2B: both decodings of a path, PHP's and the URL
// standard's, read them alike.
function segment(text: string): string {
  if (/^\.{0,2}$/.test(text.trim()))
    throw new ClientError('arguments_invalid', `No part of a path: "${text}"`)
  return encodeURIComponent(text).replaceAll('%3A', ':')
}
