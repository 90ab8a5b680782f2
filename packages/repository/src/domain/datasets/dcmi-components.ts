/**
 * Reads `name=value; name=value`, the form of the encoding schemes of Dublin Core (DCSV, DCMI Recommendation 2006-04-10):
 * names in lower case, without what has no name.
 */
export function dcmiComponents(text: string): ReadonlyMap<string, string> {
  const components = new Map<string, string>()
  for (const part of text.split(/(?<!\\);/)) {
    const [name = '', ...value] = part.split(/(?<!\\)=/)
    if (value.length === 0) continue
    components.set(
      name.trim().toLowerCase(),
      value
        .join('=')
        .trim()
        .replaceAll(/\\([;=\\.])/g, '$1'),
    )
  }
  return components
}
