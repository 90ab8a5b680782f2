import { dcmiComponents } from './dcmi-components.ts'
import { parseMoment } from './moment.ts'

/** When something was, in milliseconds since 1970; null where an end is open. */
export interface Span {
  readonly start: number | null
  readonly end: number | null
}

/**
 * Reads a value of `dcterms.temporal`: a DCMI Period (`start=…; end=…`) or an interval of ISO 8601 (`start/end`,
 * `start/duration`, `duration/end`; an open end is empty or `..`). A day, month or year at the end is included as a whole.
 *
 * @returns undefined for anything else
 * @example
 * readTemporal('name=The Great Depression; start=1929; end=1939')
 * readTemporal('2017-04-18T21:09:23Z/PT27S')
 */
export function readTemporal(text: string): Span | undefined {
  const period = dcmiComponents(text)
  if (period.has('start') || period.has('end')) return spanOf(period.get('start'), period.get('end'))
  const [start, end, ...more] = text.trim().split('/')
  if (start === undefined || end === undefined || more.length > 0) return undefined
  return intervalOf(start, end)
}

function intervalOf(start: string, end: string): Span | undefined {
  const duration = durationOf(end)
  if (duration !== undefined) {
    const first = parseMoment(start)?.first
    return first === undefined ? undefined : ordered(first, moved(first, duration, 1))
  }
  const before = durationOf(start)
  if (before === undefined) return spanOf(start, completed(start, end))
  const last = parseMoment(end)
  return last === undefined ? undefined : ordered(moved(last.first, before, -1), last.last)
}

/** An end may leave out what it has in common with the start, as a time of the same day does. */
function completed(start: string, end: string): string {
  return /^\d\d:\d\d/.test(end) && start.includes('T')
    ? `${start.slice(0, start.indexOf('T') + 1)}${end}`
    : end
}

function spanOf(startText: string | undefined, endText: string | undefined): Span | undefined {
  const [start, end] = [endpoint(startText), endpoint(endText)]
  if (start === undefined || end === undefined) return undefined
  return ordered(start?.first ?? null, end?.last ?? null)
}

/** Null for an open end, undefined for what is none. */
function endpoint(text = ''): ReturnType<typeof parseMoment> | null {
  return /^\s*(?:\.\.)?\s*$/.test(text) ? null : parseMoment(text)
}

function ordered(start: number | null, end: number | null): Span | undefined {
  // Computed moments may lie beyond what there are numbers for.
  if ((start === null && end === null) || Number.isNaN(start) || Number.isNaN(end)) return undefined
  return start !== null && end !== null && end < start ? undefined : { start, end }
}

type Duration = readonly [years: number, months: number, days: number, milliseconds: number]

// ISO 8601-1 section 5.5.2.
const DURATION =
  /^P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/

function durationOf(text: string): Duration | undefined {
  const parts = DURATION.exec(text.trim())
  if (parts === null) return undefined
  const numbers = parts.slice(1).map((part: string | undefined) => Number((part ?? '0').replace(',', '.')))
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = numbers
  return [years, months, weeks * 7 + days, Math.trunc(((hours * 60 + minutes) * 60 + seconds) * 1000)]
}

function moved(from: number, [years, months, days, milliseconds]: Duration, sign: 1 | -1): number {
  const date = new Date(from)
  date.setUTCFullYear(date.getUTCFullYear() + sign * years, date.getUTCMonth() + sign * months)
  date.setUTCDate(date.getUTCDate() + sign * days)
  return date.getTime() + sign * milliseconds
}
