import { ClientError } from '../errors.ts'
import type { FindCredentials } from './pele-options.ts'

// Stands in for `node/machine.ts` where there is no Node: see `imports` of package.json.

/** Finds nobody: there are no files. */
export const findCredentials: FindCredentials = () => Promise.resolve(undefined)

/** @throws {ClientError} `options_invalid` */
export function unverifiedFetch(): never {
  throw new ClientError('options_invalid', 'Only Node can go without verifying certificates')
}
