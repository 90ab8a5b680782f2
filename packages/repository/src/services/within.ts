import type { Transaction, UnitOfWork } from '../domain/unit-of-work.ts'

/** Lets use cases take part in a transaction that does more. */
export function within<Deps extends { readonly unitOfWork: UnitOfWork }>(deps: Deps, tx: Transaction): Deps {
  return { ...deps, unitOfWork: (work) => work(tx) }
}
