import { documentView } from './document-view.js'
import { element } from './elements.js'
import { downloadAddress, isSignedIn, send, setPublicServer, signIn, signOut, whoAmI } from './session.js'

const byId = (id) => document.getElementById(id)
const [path, status, shown, dialog] = ['path', 'status', 'document', 'login'].map(byId)
let latest = 0

/** Shows what the address in the fragment leads to. */
async function show() {
  const asked = (latest += 1)
  const target = window.location.hash.slice(1) || '/api'
  path.value = target
  status.textContent = 'Loading …'
  status.className = ''
  try {
    const leave = new AbortController()
    const response = await send(target, { signal: leave.signal })
    const isJson = response.headers.get('content-type')?.includes('json') === true
    // A file may be large: only its headers are looked at here.
    if (!isJson) leave.abort()
    const body = isJson ? await response.json() : undefined
    // An answer that was overtaken by another click is not shown.
    if (asked === latest) showAnswer(target, response, body)
  } catch (error) {
    if (asked === latest) fail(`The server could not be asked: ${error.message}`)
  }
}

function showAnswer(target, response, body) {
  const tag = response.headers.get('etag')
  status.textContent = `${response.status}${tag === null ? '' : `, version ${tag}`}`
  status.className = response.ok ? '' : 'fault'
  if (!response.ok) {
    const hint = response.status === 401 && !isSignedIn() ? ' Sign in to see it.' : ''
    shown.replaceChildren(element('p', { class: 'fault' }, (body?.message ?? 'No more was said.') + hint))
    return
  }
  if (body === undefined) {
    shown.replaceChildren(
      response.status === 204 ? element('p', {}, 'There is nothing here.') : fileView(target, response),
    )
    return
  }
  if (body.type === 'root') setPublicServer(body.dspaceServer)
  document.title = `${target} – Hexapla`
  shown.replaceChildren(...documentView(body).filter((part) => part !== null))
}

function fileView(target, response) {
  const size = response.headers.get('content-length')
  const open = () => void downloadAddress(target).then((address) => window.location.assign(address))
  return element(
    'p',
    {},
    `A file: ${response.headers.get('content-type') ?? 'of unknown type'}${size === null ? '' : `, ${size} bytes`} `,
    element('button', { type: 'button', click: open }, 'Open it'),
  )
}

function fail(message) {
  status.textContent = message
  status.className = 'fault'
  shown.replaceChildren()
}

async function showAccount() {
  const name = isSignedIn() ? await whoAmI() : undefined
  byId('who').textContent = name ?? 'not signed in'
  byId('open-login').hidden = isSignedIn()
  byId('logout').hidden = !isSignedIn()
}

async function logIn() {
  const fault = await signIn(byId('user').value, byId('password').value).catch((error) => error.message)
  byId('login-fault').textContent = fault ?? ''
  if (fault !== undefined) return
  byId('password').value = ''
  dialog.close()
  await Promise.all([showAccount(), show()])
}

async function logOut() {
  await signOut()
  await Promise.all([showAccount(), show()])
}

byId('address').addEventListener('submit', (event) => {
  event.preventDefault()
  const target = `/${path.value.trim().replace(/^\/+/, '')}`
  if (window.location.hash === `#${target}`) void show()
  else window.location.hash = target
})
byId('open-login').addEventListener('click', () => dialog.showModal())
byId('login-cancel').addEventListener('click', () => dialog.close())
byId('login-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void logIn()
})
byId('logout').addEventListener('click', () => void logOut())
window.addEventListener('hashchange', () => void show())

// The root document tells the address that links begin with, wherever the visit begins.
const root = await send('/api')
if (root.ok) setPublicServer((await root.json()).dspaceServer)
await show()
