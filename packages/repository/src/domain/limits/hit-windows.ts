/** Something that may happen `most` times within any `widthMs` milliseconds, whoever `key` names. */
export interface HitLimit {
  readonly key: string
  readonly most: number
  readonly widthMs: number
}

/** How full the window of a limit is. */
export interface HitWindow {
  readonly limit: HitLimit
  /** How often it may happen still, at this moment. */
  readonly remaining: number
  /** Milliseconds until it may happen the next time; 0 where it may now. */
  readonly waitMs: number
  /** Milliseconds until the oldest hit counts no more. */
  readonly resetMs: number
}

/** What became of a hit. */
export interface CountedHit {
  /** Whether it may happen, and was counted. */
  readonly isTaken: boolean
  /** In the order of the limits, the hit itself counted. */
  readonly windows: readonly HitWindow[]
  /** Takes the hit back, as if it had never been; does nothing where it was not taken. */
  giveBack(): Promise<void>
}

/** Counts what may happen so often only, in windows that move with time: any stretch of their width counts, exactly. */
export interface HitWindows {
  /** Counts a hit under all limits, or under none where one of them is full. Their keys differ. */
  take(limits: readonly HitLimit[]): Promise<CountedHit>
}
