/** Hosts that may be asked, as `host` for the ports of HTTP and HTTPS or `host:port` for one. */
export type AllowedHosts = readonly string[]

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

/**
 * Whether an address may be asked: HTTP or HTTPS, without a name and a password in it, at an allowed host. Nobody may be
 * asked unless named.
 */
export function isAllowed(url: URL, hosts: AllowedHosts): boolean {
  const port = DEFAULT_PORTS[url.protocol]
  if (port === undefined || url.username !== '' || url.password !== '') return false
  const withPort = `${url.hostname}:${url.port === '' ? port : url.port}`
  return hosts.some((host) => host.toLowerCase() === url.host || host.toLowerCase() === withPort)
}

/** Whether a text is a host, with a port or without; patterns are none. */
export function isHost(text: string): boolean {
  if (text.includes('*')) return false
  const url = URL.parse(`http://${text}`)
  const written = text.toLowerCase()
  return url !== null && (url.host === written || `${url.hostname}:80` === written)
}
