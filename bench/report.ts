import type { Comparison } from './compare.ts'

/** A row of the table. */
export interface Row {
  readonly name: string
  readonly floorName: string
  readonly unit: 'requests/s' | 'MB/s' | 'items/s'
  /** The share of the floor that is wanted, from 0 to 1. */
  readonly wanted?: number
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
  const cells = rows.map(({ name, floorName, unit, wanted, comparison: { ours, floor, ratio } }) => [
    `${name} / ${floorName}`,
    `${round(ours.perSecond)} ${unit}`,
    `${round(floor.perSecond)} ${unit}`,
    `${(ratio * 100).toFixed(0)} %`,
    wanted === undefined ? '' : `${(wanted * 100).toFixed(0)} %${ratio < wanted ? ' missed' : ''}`,
    `${ours.p50.toFixed(1)} / ${ours.p99.toFixed(1)}`,
    `${floor.p50.toFixed(1)} / ${floor.p99.toFixed(1)}`,
    round(ours.cost),
    round(floor.cost),
  ])
  const widths = COLUMNS.map((title, column) =>
    Math.max(title.length, 3, ...cells.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(COLUMNS), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}

function round(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0)
}
