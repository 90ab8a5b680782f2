import { isPid } from '../objects/pid.ts'

const START = 'info:fedora/'

/** What an object is called in RDF. */
export function uriOfPid(pid: string): string {
  return START + pid
}

/** The pid in such a URI; undefined for a URI of something else. */
export function pidOfUri(uri: string): string | undefined {
  return uri.startsWith(START) ? uri.slice(START.length) : undefined
}

/**
 * The URI that a text stands for: of the object whose pid it is, or itself.
 *
 * @example
 * uriOfObject('islandora:7') // info:fedora/islandora:7
 */
export function uriOfObject(text: string): string {
  return isPid(text) ? uriOfPid(text) : text
}
