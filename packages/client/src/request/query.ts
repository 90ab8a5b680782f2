/** Values of a query; a list repeats its name, `undefined` leaves it out. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly (string | number)[] | undefined>
>

/** Adds query values to a URL, after those that it has. */
export function addQuery(url: URL, query: Query): void {
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    for (const single of typeof value === 'object' ? value : [value]) {
      url.searchParams.append(name, String(single))
    }
  }
}
