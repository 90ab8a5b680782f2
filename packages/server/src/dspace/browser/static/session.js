/** The token lives in memory only: a new page begins signed out, and no other script of the site can find it. */
const state = { token: undefined, csrf: undefined }

const api = new URL('api', document.baseURI)

/** Whether a token is there. */
export function isSignedIn() {
  return state.token !== undefined
}

/**
 * Sends a request below the server and follows the tokens of the answer.
 *
 * @param {string} path `/api/…`
 * @param {RequestInit} [init]
 */
export async function send(path, init = {}) {
  const headers = new Headers(init.headers)
  if (state.token !== undefined) headers.set('Authorization', state.token)
  if (state.csrf !== undefined) headers.set('X-XSRF-TOKEN', state.csrf)
  const response = await fetch(addressOf(path), { ...init, headers, credentials: 'same-origin' })
  state.csrf = response.headers.get('DSPACE-XSRF-TOKEN') ?? state.csrf
  state.token = response.headers.get('Authorization') ?? state.token
  return response
}

/** The address of a path below the server, however the server is reached. */
export function addressOf(path) {
  return new URL(`.${path}`, document.baseURI).href
}

/** Signs in. @returns {Promise<string | undefined>} what went wrong, if anything did */
export async function signIn(user, password) {
  await send('/api/security/csrf')
  const response = await send('/api/authn/login', {
    method: 'POST',
    body: new URLSearchParams({ user, password }),
  })
  return response.ok
    ? undefined
    : ((await response.json()).message ?? `The server answered ${response.status}`)
}

/** Signs out, everywhere. */
export async function signOut() {
  await send('/api/authn/logout', { method: 'POST' })
  state.token = undefined
}

/** The name of who is signed in. */
export async function whoAmI() {
  const status = await (await send('/api/authn/status?embed=eperson')).json()
  if (status.authenticated !== true) state.token = undefined
  return status._embedded?.eperson?.name
}

/** An address that the browser itself may open: with a token for two seconds where somebody is signed in. */
export async function downloadAddress(path) {
  const address = new URL(addressOf(path))
  if (isSignedIn()) {
    const response = await send('/api/authn/shortlivedtokens', { method: 'POST' })
    if (response.ok) address.searchParams.set('authentication-token', (await response.json()).token)
  }
  return address.href
}

let publicServer = api.href.slice(0, -'/api'.length)

/** Told by the root document: the address that the server has in its links, which may not be the one it is reached by. */
export function setPublicServer(address) {
  publicServer = address
}

/** The path below the server of an address in a link, or undefined for one of somewhere else. */
export function pathOf(href) {
  const here = new URL('.', document.baseURI).href.slice(0, -1)
  for (const server of [publicServer, here]) {
    if (href.startsWith(`${server}/`)) return href.slice(server.length)
  }
  return undefined
}
