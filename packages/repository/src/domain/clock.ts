/** The present moment; tests set their own. */
export type Clock = () => Date

/** The day of a moment in UTC, `YYYY-MM-DD`, as policies' dates are kept. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const moment = new Date(`${text}T00:00:00Z`)
  // 2026-02-30 is read as a day of March, or not at all.
  return !Number.isNaN(moment.getTime()) && dayOf(moment) === text
}
