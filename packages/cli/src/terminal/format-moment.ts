const UNITS = [
  ['day', 24 * 60 * 60],
  ['hour', 60 * 60],
  ['minute', 60],
] as const

/**
 * A moment for people: the day and how far it is.
 *
 * @param text ISO 8601
 * @example
 * formatMoment('2027-02-20T12:00:00Z') // 2027-02-20 (in 90 days)
 */
export function formatMoment(text: string, now = Date.now()): string {
  const seconds = (Date.parse(text) - now) / 1000
  const [unit, size] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? ['minute', 60]
  const distance = new Intl.RelativeTimeFormat('en').format(Math.round(seconds / size), unit)
  return `${new Date(text).toISOString().slice(0, 10)} (${Math.abs(seconds) < 60 ? 'now' : distance})`
}
