import type { UnitOfWork } from '../../domain/unit-of-work.ts'

const PORTION = 500

/** Reads the times and places of items that were deposited before there were datasets. @returns how many after each portion */
export function completeDatasets({ unitOfWork }: { unitOfWork: UnitOfWork }) {
  return async function* (): AsyncGenerator<number, void> {
    for (let done = 0; ; yield done) {
      const read = await unitOfWork((tx) => tx.datasets.readSome(PORTION))
      if (read === 0) return
      done += read
    }
  }
}
