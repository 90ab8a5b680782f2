/** The same answer with another body; its headers (cookies included) and URL stay. */
export function replaceBody(response: Response, body: ReadableStream<Uint8Array> | ArrayBuffer): Response {
  const { status, statusText, headers, url } = response
  const replaced = new Response(body, { status, statusText, headers })
  // A constructed Response has no URL and may drop Set-Cookie (Fetch standard, forbidden response-header names).
  return Object.defineProperties(replaced, { headers: { value: headers }, url: { value: url } })
}
