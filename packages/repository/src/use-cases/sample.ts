import { beginSample, finishSample } from '../services/first-start/sample.ts'
import type { UseCaseDeps } from './deps.ts'

/** The records that a first start is filled with. */
export function sampleUseCases(deps: UseCaseDeps) {
  return {
    begin: beginSample(deps),
    finish: finishSample(deps),
  }
}
