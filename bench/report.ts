import type { Comparison } from './compare.ts'

/** A row of the table. */
export interface Row {
  readonly name: string
  readonly floorName: string
  readonly unit: 'requests/s' | 'MB/s' | 'items/s'
  /** The share of the floor that is wanted, from 0 to 1. */
  readonly wanted?: number
  /** What is wanted whatever the floor, in the unit. */
  readonly wantedRate?: number
  readonly comparison: Comparison
}

const COLUMNS = [
  '',
  'ours',
  'floor',
  'ratio',
  'wanted',
  'p50 / p99 ms',
  'floor’s',
  'CPU µs',
  'floor’s',
] as const

/** The rows as a table in Markdown. */
export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map(cellsOf)
  const widths = COLUMNS.map((title, column) =>
    Math.max(title.length, 3, ...cells.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(COLUMNS), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}

function cellsOf(row: Row): string[] {
  const { ours, floor, ratio } = row.comparison
  return [
    `${row.name} / ${row.floorName}`,
    `${round(ours.perSecond)} ${row.unit}`,
    `${round(floor.perSecond)} ${row.unit}`,
    `${(ratio * 100).toFixed(0)} %`,
    wantedOf(row),
    `${ours.p50.toFixed(1)} / ${ours.p99.toFixed(1)}`,
    `${floor.p50.toFixed(1)} / ${floor.p99.toFixed(1)}`,
    round(ours.cost),
    round(floor.cost),
  ]
}

function wantedOf({ wanted, wantedRate, unit, comparison }: Row): string {
  const missed = (isMissed: boolean) => (isMissed ? ', missed' : '')
  if (wanted !== undefined) return `${(wanted * 100).toFixed(0)} %${missed(comparison.ratio < wanted)}`
  if (wantedRate === undefined) return ''
  return `${wantedRate} ${unit}${missed(comparison.ours.perSecond < wantedRate)}`
}

function round(value: number): string {
  if (Number.isNaN(value)) return ''
  return value < 10 ? value.toFixed(1) : value.toFixed(0)
}
