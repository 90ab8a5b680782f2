import { invalid } from '../../domain/errors.ts'

/**
 * Refuses a schema without a namespace.
 *
 * @throws DomainError `INVALID` with `field` `namespace`
 */
export function requireNamespace(namespace: string): void {
  if (namespace.trim() === '') throw invalid('A schema needs a namespace', 'namespace')
}
