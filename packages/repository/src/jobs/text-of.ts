import { invalid } from '../domain/errors.ts'

/**
 * A text of a job's payload.
 *
 * @throws DomainError `INVALID` with the member as `field`
 */
export function textOf(payload: unknown, member: string): string {
  const value: unknown =
    typeof payload === 'object' && payload !== null && Object.hasOwn(payload, member)
      ? Reflect.get(payload, member)
      : undefined
  if (typeof value !== 'string') throw invalid(`The job has no ${member}`, member)
  return value
}
