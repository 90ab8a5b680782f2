/** A stretch of time that a date stands for, in milliseconds since 1970, both ends included: a day, a year, a second. */
export interface Stretch {
  readonly first: number
  readonly last: number
}

// ISO 8601-1 sections 5.2.2 and 5.3, extended format.
const MOMENT =
  /^(?<year>[+-]\d{6}|-?\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:[T ](?<hour>\d\d)(?::(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?)?(?<zone>Z|[+-]\d\d(?::?\d\d)?)?)?)?)?$/i

/**
 * Reads a date or a moment of ISO 8601; without a zone it is in UTC. What is finer than a millisecond is left out.
 *
 * @returns undefined for anything else, and for days that no calendar has
 */
export function parseMoment(text: string): Stretch | undefined {
  const parts = MOMENT.exec(text.trim())?.groups
  if (parts === undefined) return undefined
  const { year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00' } = parts
  const millisecond = (parts['fraction'] ?? '').slice(0, 3).padEnd(3, '0')
  const local = utc(year, month, day, hour, minute, second, millisecond)
  if (local === undefined) return undefined
  const shift = offsetOf(parts['zone'])
  if (shift === undefined) return undefined
  return { first: local - shift, last: endOf(new Date(local), parts) - shift }
}

/** A moment as ISO 8601, in UTC. */
export function formatMoment(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

function utc(year: string, ...rest: readonly string[]): number | undefined {
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = rest.map(Number)
  const date = new Date(0)
  date.setUTCFullYear(Number(year), month - 1, day)
  date.setUTCHours(hour, minute, second, millisecond)
  const isThere =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  return isThere ? date.getTime() : undefined
}

/** Milliseconds ahead of UTC. */
function offsetOf(zone = 'Z'): number | undefined {
  if (/^z$/i.test(zone)) return 0
  const [hours = 0, minutes = 0] = (zone.slice(1).match(/\d\d/g) ?? []).map(Number)
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** The last millisecond of a day, a month or a year; times of the day are moments. */
function endOf(date: Date, parts: Readonly<Record<string, string | undefined>>): number {
  if (parts['hour'] !== undefined) return date.getTime()
  const next = new Date(date)
  if (parts['day'] !== undefined) next.setUTCDate(next.getUTCDate() + 1)
  else if (parts['month'] !== undefined) next.setUTCMonth(next.getUTCMonth() + 1)
  else next.setUTCFullYear(next.getUTCFullYear() + 1)
  return next.getTime() - 1
}
