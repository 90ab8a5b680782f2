import assert from 'node:assert/strict'
import type { Finished } from '../python/run.ts'

/**
 * dspace-rest-client goes on after answers that it did not expect, and only logs them; its log lines do not tell how bad
 * they are.
 */
export function assertNothingLogged({ stderr }: Finished): void {
  assert.doesNotMatch(stderr, /error|fail|invalid|too many|could not|need a/i)
}
