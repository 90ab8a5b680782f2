/**
 * The handle that an identifier stands for: itself, as `hdl:`, or as the address of a resolver.
 *
 * @param resolver what stands before a handle in this repository's addresses, e.g. `https://hdl.handle.net/`
 * @returns `prefix/suffix`, or undefined for an identifier of another kind
 * @example
 * parseHandle('hdl:123456789/1', 'https://hdl.handle.net/') // 123456789/1
 */
export function parseHandle(identifier: string, resolver: string): string | undefined {
  const text = identifier.trim()
  const start = [resolver, ...STARTS].find((known) => text.toLowerCase().startsWith(known.toLowerCase()))
  const handle = start === undefined ? text : text.slice(start.length)
  // A prefix is made of numbers or words with dots; everything else with a slash is some other address.
  return /^[\w.-]+\/\S+$/.test(handle) ? handle : undefined
}

const STARTS = ['https://hdl.handle.net/', 'http://hdl.handle.net/', 'info:hdl/', 'hdl:']
