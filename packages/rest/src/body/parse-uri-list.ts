/** The URIs of a `text/uri-list` document (RFC 2483 section 5): one a line, `#` begins a comment. */
export function parseUriList(text: string): string[] {
  const uris: string[] = []
  for (const line of text.split(/\r\n|\n|\r/)) {
    const uri = line.trim()
    if (uri !== '' && !uri.startsWith('#')) uris.push(uri)
  }
  return uris
}
