/** What every address of the API begins with, as the original behind its usual proxy. */
export const PELE_API = '/pele/api/v0.1'

const pathsOf = (...paths: readonly string[]): ReadonlySet<string> =>
  new Set(paths.map((path) => PELE_API + path))
/** Calls that lead to a token. */
const SIGN_IN = pathsOf('/register', '/verify', '/login')
/** What the API is. */
const DESCRIPTION = pathsOf('/', '/swagger.json')

/** Whether an address is one of this dialect. */
export function isPele(address: string): boolean {
  return address === '/pele' || address.startsWith('/pele/')
}

/** Whether an address reads what the repository has: whoever asks must be known, and asks so often at most. */
export function isReading(address: string): boolean {
  return isCall(address) && !SIGN_IN.has(address)
}

/** Whether an address is one that programs call, and not about the API itself. */
export function isCall(address: string): boolean {
  return address.startsWith(`${PELE_API}/`) && !DESCRIPTION.has(address)
}
