import { CompiledQuery, type DatabaseConnection, type QueryResult } from 'kysely'
import { CommitUncertain } from '../domain/unit-of-work.ts'
import { PipelinedConnection } from './dialect.ts'
import { isRolledBack } from './pg-errors.ts'

const BEGIN = CompiledQuery.raw('begin')
const COMMIT = CompiledQuery.raw('commit')
const ROLLBACK = CompiledQuery.raw('rollback')

/** A connection that one transaction after the other has for itself. */
export class TransactionConnection extends PipelinedConnection {
  /** For the last statement: the commit is sent right behind it. */
  readonly forLast: DatabaseConnection = {
    executeQuery: (query) => this.#executeLast(query),
    streamQuery: () => this.streamQuery(),
  }

  /** Whether the transaction was committed, once the commit has been sent. */
  #committed: Promise<boolean> | undefined

  /**
   * Runs a transaction. Where it fails, {@link giveUp} is to follow.
   *
   * @throws CommitUncertain when it may have been committed
   * @throws whatever else `work` throws
   */
  async within<T>(work: () => Promise<T>): Promise<T> {
    // Sent with the first statements of the work, which fail if it does.
    const begun = this.#begin()
    begun.catch(() => undefined)
    try {
      const result = await work()
      await begun
      await (this.#committed ?? this.#commit())
      return result
    } catch (error) {
      if ((await this.#committed) === true) throw new CommitUncertain(error)
      throw error
    }
  }

  /** @throws Error when the commit has been sent */
  override async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    this.#requireOpen()
    return super.executeQuery<Row>(query)
  }

  /**
   * Rolls back what was not committed.
   *
   * @returns why the connection cannot be used again, if so
   */
  giveUp(): Promise<Error | undefined> {
    return super.executeQuery(ROLLBACK).then(
      () => undefined,
      (error: Error) => error,
    )
  }

  async #executeLast<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    this.#requireOpen()
    const answer = super.executeQuery<Row>(query)
    void this.#commit(answer)
    return answer
  }

  #requireOpen(): void {
    if (this.#committed !== undefined) throw new Error('There is a statement behind the commit')
  }

  #begin(): Promise<unknown> {
    this.#committed = undefined
    return this.executeQuery(BEGIN)
  }

  #commit(last?: Promise<unknown>): Promise<boolean> {
    const committed = wasCommitted(super.executeQuery(COMMIT), last)
    // Its failure is met when the work has ended.
    committed.catch(() => undefined)
    this.#committed = committed
    return committed
  }
}

/** @throws CommitUncertain */
async function wasCommitted(commit: Promise<unknown>, last: Promise<unknown> | undefined): Promise<boolean> {
  try {
    await commit
  } catch (error) {
    throw isRolledBack(error) ? error : new CommitUncertain(error)
  }
  // Behind a statement that failed a commit rolls back, and is no error (PostgreSQL manual, "COMMIT").
  return (
    last === undefined ||
    last.then(
      () => true,
      () => false,
    )
  )
}
