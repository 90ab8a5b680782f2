/** A whole request as bytes. */
export function requestBytes(
  method: string,
  url: string,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly json?: unknown } = {},
): Buffer {
  const { host, pathname, search } = new URL(url)
  const body = options.json === undefined ? '' : JSON.stringify(options.json)
  const headers = {
    host,
    accept: 'application/json',
    ...options.headers,
    ...(body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}
