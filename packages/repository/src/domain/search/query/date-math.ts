/**
 * Reads a moment as Solr writes it: ISO 8601 in UTC or `NOW`, then any number of `+2DAYS`, `-1MONTH`, `/DAY` (Solr Reference
 * Guide, "Date Formatting and Date Math").
 *
 * @returns undefined when it is none
 */
export function parseMoment(text: string, now: Date): Date | undefined {
  const [, base, math = ''] = MOMENT.exec(text) ?? []
  if (base === undefined) return undefined
  const moment = base === 'NOW' ? new Date(now) : new Date(base)
  if (Number.isNaN(moment.getTime())) return undefined
  for (const [, operator, count, unit = ''] of math.matchAll(STEP)) {
    if (operator === '/') roundDown(moment, unit)
    else add(moment, Number(`${operator}${count}`), unit)
  }
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

const UNIT = '(?:YEAR|MONTH|DAY|HOUR|MINUTE|SECOND|MILLISECOND|MILLI)S?|DATE'
const STEP = new RegExp(`([-+/])(\\d*)(${UNIT})`, 'g')
const MOMENT = new RegExp(
  String.raw`^(NOW|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z)((?:[-+]\d{1,9}(?:${UNIT})|/(?:${UNIT}))*)$`,
)

function add(moment: Date, count: number, unit: string): void {
  if (unit.startsWith('YEAR')) addMonths(moment, count * 12)
  else if (unit.startsWith('MONTH')) addMonths(moment, count)
  else moment.setTime(moment.getTime() + count * lengthOf(unit))
}

/** A month later is the same day, or the last one of a shorter month. */
function addMonths(moment: Date, count: number): void {
  const day = moment.getUTCDate()
  moment.setUTCDate(1)
  moment.setUTCMonth(moment.getUTCMonth() + count)
  const last = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1, 0)).getUTCDate()
  moment.setUTCDate(Math.min(day, last))
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function lengthOf(unit: string): number {
  if (unit.startsWith('DA')) return DAY
  if (unit.startsWith('HOUR')) return HOUR
  if (unit.startsWith('MINUTE')) return MINUTE
  return unit.startsWith('SECOND') ? SECOND : 1
}

function roundDown(moment: Date, unit: string): void {
  if (unit.startsWith('YEAR')) moment.setUTCMonth(0, 1)
  if (unit.startsWith('MONTH')) moment.setUTCDate(1)
  const length = /^(?:YEAR|MONTH)/.test(unit) ? DAY : lengthOf(unit)
  moment.setTime(Math.floor(moment.getTime() / length) * length)
}
