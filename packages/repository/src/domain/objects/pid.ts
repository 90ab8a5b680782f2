import { invalid } from '../errors.ts'

// Fedora 3's identifiers: namespace and name, at most 64 characters; percent-encoding is for names alone.
const NAMESPACE = /^[A-Za-z0-9.-]+$/
const PID = /^[A-Za-z0-9.-]+:(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+$/
const MOST = 64

/** Whether a text can be a pid. */
export function isPid(text: string): boolean {
  return text.length <= MOST && PID.test(text)
}

/**
 * Refuses what cannot be a pid.
 *
 * @throws DomainError `INVALID` with `field: 'pid'`
 */
export function requirePid(pid: string): void {
  if (!isPid(pid)) {
    throw invalid(`The pid ${pid} is not a namespace and a name, as in islandora:7`, 'pid')
  }
}

/**
 * Refuses what cannot be a namespace of pids.
 *
 * @throws DomainError `INVALID` with `field: 'namespace'`
 */
export function requireNamespace(namespace: string): void {
  // A number is still to come behind it.
  if (namespace.length > MOST - 16 || !NAMESPACE.test(namespace)) {
    throw invalid(`The namespace ${namespace} is not one of letters, digits, dots and hyphens`, 'namespace')
  }
}
