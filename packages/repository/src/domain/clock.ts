/** The present moment; tests set their own. */
export type Clock = () => Date

/** The day of a moment in UTC, `YYYY-MM-DD`, as policies' dates are kept. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
