/** The parts of an `eperson` document that every DSpace gives; the rest is there as it came. */
export interface Person {
  readonly uuid: string
  readonly email?: string
  readonly [property: string]: unknown
}

/**
 * Reads the person out of `/api/authn/status` (RestContract authentication.md, "Status"), following the link where the
 * person is not embedded; `undefined` when nobody is logged in.
 */
export async function readPerson(getJson: (path: string) => Promise<unknown>): Promise<Person | undefined> {
  const status = await getJson('/api/authn/status')
  if (member(status, 'authenticated') !== true) return undefined
  const embedded = member(member(status, '_embedded'), 'eperson')
  if (isPerson(embedded)) return embedded
  const link = member(member(member(status, '_links'), 'eperson'), 'href')
  const linked = typeof link === 'string' ? await getJson(link) : undefined
  return isPerson(linked) ? linked : undefined
}

function isPerson(value: unknown): value is Person {
  return typeof member(value, 'uuid') === 'string'
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
