import { EndpointError } from '../errors.ts'

/** A server's address, and which URLs belong to it. */
export interface Endpoint {
  /** Without a slash at the end. */
  readonly href: string
  /**
   * The URL of a path after the endpoint, or of an absolute URL below it.
   *
   * @throws {EndpointError} `url_invalid` or, outside of the endpoint, `url_foreign`
   */
  readonly resolve: (path: string) => URL
  /** Whether a URL lies below the endpoint, so that it may receive credentials. */
  readonly isOwn: (url: URL) => boolean
}

/**
 * Checks the address of a server, such as `https://repository.example.org/server`; a slash at its end is tolerated.
 *
 * @param aliases other addresses that the server gives itself in links: URLs below them are asked at `address`
 * @throws {EndpointError} `endpoint_invalid`
 */
export function parseEndpoint(address: string, aliases: readonly string[] = []): Endpoint {
  const href = serverAddress(address)
  const others = aliases.map(serverAddress)
  const base = new URL(href)
  const isOwn = (url: URL) => isBelow(url, base)

  const resolve = (path: string) => {
    if (path.startsWith('/')) return checked(new URL(`${href}${path}`), path)
    const url = URL.parse(path)
    if (url === null) throw new EndpointError('url_invalid', `Neither a path nor a URL: "${path}"`, path)
    const alias = others.find((other) => isBelow(url, new URL(other)))
    if (alias === undefined) return checked(url, path)
    return checked(new URL(`${href}${url.href.slice(alias.length)}`), path)
  }
  const checked = (url: URL, path: string) => {
    if (isOwn(url) && url.username === '' && url.password === '') return url
    throw new EndpointError('url_foreign', `Not below ${href}: ${path}`, path)
  }
  return { href, resolve, isOwn }
}

function serverAddress(address: string): string {
  const url = URL.parse(address)
  const fault =
    url === null || !/^https?:\/\//i.test(address)
      ? 'must be a URL with http or https'
      : url.username !== '' || url.password !== ''
        ? 'must not contain credentials'
        : url.search !== '' || url.hash !== ''
          ? 'must end with the path of the server'
          : undefined
  if (fault !== undefined || url === null) {
    throw new EndpointError('endpoint_invalid', `The endpoint ${fault}: "${address}"`, address)
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

function isBelow(url: URL, base: URL): boolean {
  const path = base.pathname.replace(/\/$/, '')
  return url.origin === base.origin && (url.pathname === path || url.pathname.startsWith(`${path}/`))
}
