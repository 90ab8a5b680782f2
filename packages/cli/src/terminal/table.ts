import type { Terminal } from './terminal.ts'

/** Rows for people or programs, printed as they come. */
export interface Table {
  add(cells: readonly string[]): void
  /** Prints what waits. */
  end(): void
}

/** So many rows are looked at to find out how wide the columns are. */
const SAMPLE = 100
const GAP = '  '
const NARROWEST = 8

/**
 * Begins a table: columns under headings on a screen, which lose the ends of what does not fit; elsewhere lines with tabs
 * between whole cells, without headings.
 */
export function createTable(terminal: Terminal, headings: readonly string[]): Table {
  const { columns } = terminal
  if (columns === undefined) {
    return { add: (cells) => terminal.print(cells.map(plain).join('\t')), end: () => undefined }
  }
  const waiting: (readonly string[])[] = [headings]
  let widths: readonly number[] | undefined
  const flush = (): void => {
    const fitting = (widths ??= fit(widthsOf(waiting), columns))
    for (const cells of waiting.splice(0)) terminal.print(lineOf(cells, fitting))
  }
  return {
    add(cells) {
      waiting.push(cells.map(plain))
      if (widths !== undefined || waiting.length > SAMPLE) flush()
    },
    end() {
      // Headings alone are no table.
      if (widths !== undefined || waiting.length > 1) flush()
    },
  }
}

/** What servers say must neither break lines nor steer the terminal. */
function plain(cell: string): string {
  return cell.replaceAll(/\p{Cc}+/gu, ' ').trim()
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const [first = []] = rows
  return first.map((_heading, index) => Math.max(...rows.map((cells) => cells[index]?.length ?? 0)))
}

/** Takes from the widest column until all fit. */
function fit(widths: readonly number[], columns: number): number[] {
  const fitting = [...widths]
  const room = columns - GAP.length * (widths.length - 1)
  const tooMuch = () => fitting.reduce((sum, width) => sum + width, 0) - room
  while (tooMuch() > 0) {
    const [widest = 0, second = 0] = fitting.toSorted((a, b) => b - a)
    if (widest <= NARROWEST) break
    const least = Math.max(second, NARROWEST)
    const taken = Math.min(tooMuch(), Math.max(widest - least, 1))
    fitting[fitting.indexOf(widest)] = widest - taken
  }
  return fitting
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  return widths
    .map((width, index) => {
      const cell = cells[index] ?? ''
      return (cell.length > width ? `${cell.slice(0, width - 1)}…` : cell).padEnd(width)
    })
    .join(GAP)
    .trimEnd()
}
