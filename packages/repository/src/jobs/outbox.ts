/** A piece of work that a transaction left to be done after its commit. */
export interface Job {
  readonly id: number
  readonly topic: string
  readonly payload: unknown
  /** How often it was tried before. */
  readonly attempts: number
}

/** Work left by transactions, done at least once each, by however many processes share the database. */
export interface Outbox {
  /**
   * Takes the oldest due job of these topics that nobody else has at hand, and runs it. Done, it is forgotten; failed,
   * it is due again after the delay, with its error recorded; when the process dies, it is due at once.
   *
   * @param options.delay milliseconds until a job is tried again that has now failed `attempts` times
   * @returns what became of it; `none` when no job was due
   */
  next(
    run: (job: Job) => Promise<void>,
    options: { readonly topics: readonly string[]; readonly delay: (attempts: number) => number },
  ): Promise<JobOutcome>
}

export type JobOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'done'; readonly job: Job }
  | { readonly kind: 'failed'; readonly job: Job; readonly error: unknown }
