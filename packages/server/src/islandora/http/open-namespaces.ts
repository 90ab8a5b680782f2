import { HttpError } from '@hexapla/rest'

/** The namespaces of pids that the dialect is about; empty for all. */
export type Namespaces = readonly string[]

/**
 * Refuses what lies in another namespace, as if it were not there.
 *
 * @throws HttpError 404 `object-unknown`
 */
export function requireOpenObject(namespaces: Namespaces, pid: string): void {
  if (isOpen(namespaces, pid.slice(0, Math.max(pid.indexOf(':'), 0)))) return
  throw new HttpError(404, 'object-unknown', `No object has the identifier ${pid}`)
}

/**
 * What a new object is named after: what is asked for, or else the first of the namespaces where these are restricted.
 *
 * @param own the namespace of the repository, which new objects have without another one
 * @throws HttpError 403 `namespace-closed`
 */
export function openName<Name extends { readonly pid?: string; readonly namespace?: string }>(
  namespaces: Namespaces,
  name: Name,
  own: string,
): Name {
  const wanted = name.pid?.split(':')[0] ?? name.namespace
  if (wanted === undefined) {
    return isOpen(namespaces, own) ? name : { ...name, namespace: namespaces[0] }
  }
  if (isOpen(namespaces, wanted)) return name
  throw new HttpError(403, 'namespace-closed', `Objects of the namespace ${wanted} are not made here`)
}

function isOpen(namespaces: Namespaces, namespace: string): boolean {
  return namespaces.length === 0 || namespaces.includes(namespace)
}
