import { formatBytes, formatSeconds } from './format.ts'
import type { Terminal } from './terminal.ts'

/** What is counted. */
export type Unit = 'bytes' | 'items'

/** A progress display: a bar that moves on a live terminal, a line every few seconds elsewhere, nothing with JSON. */
export interface Progress {
  /** @param total undefined while nobody knows */
  update(done: number, total?: number): void
  /** Takes the bar away. */
  end(): void
}

const REDRAW_MS = 100
const LINE_MS = 5000

/** Begins a display. @param start what was done before, which counts for no rate */
export function createProgress(
  terminal: Terminal,
  options: {
    readonly label: string
    readonly unit: Unit
    readonly start?: number
    readonly clock?: () => number
  },
): Progress {
  const { label, unit, clock = () => performance.now() } = options
  const began = clock()
  const interval = terminal.isLive ? REDRAW_MS : LINE_MS
  let start = options.start
  let last = terminal.isLive ? Number.NEGATIVE_INFINITY : began
  return {
    update(done, total) {
      start ??= done
      const now = clock()
      if (terminal.json || now - last < interval) return
      last = now
      const seconds = (now - began) / 1000
      const state = { done, total, rate: seconds > 0 ? (done - start) / seconds : 0 }
      if (terminal.isLive) terminal.show(barLine(label, unit, state, terminal.width))
      else terminal.note(plainLine(label, unit, state))
    },
    end: () => terminal.clear(),
  }
}

interface State {
  readonly done: number
  readonly total: number | undefined
  /** A second. */
  readonly rate: number
}

/** `data.zip  42 % of 2.10 GB, 35.0 MB/s, 0:35 left` */
export function plainLine(label: string, unit: Unit, { done, total, rate }: State): string {
  const shown = unit === 'bytes' ? formatBytes : (count: number) => `${Math.floor(count)}`
  const amount =
    total === undefined || total === 0
      ? `${shown(done)}${unit === 'items' ? ' items' : ''}`
      : `${Math.floor((done / total) * 100)} % of ${shown(total)}`
  const speed = unit === 'bytes' ? `${formatBytes(rate)}/s` : `${rate.toFixed(0)} items/s`
  const left =
    total === undefined || rate <= 0 || done > total ? '' : `, ${formatSeconds((total - done) / rate)} left`
  return `${label}  ${amount}, ${speed}${left}`
}

const BAR = 24

function barLine(label: string, unit: Unit, state: State, width: number): string {
  const { done, total } = state
  const filled = total === undefined || total === 0 ? 0 : Math.min(BAR, Math.floor((done / total) * BAR))
  const bar = total === undefined ? '' : `  [${'='.repeat(filled)}${' '.repeat(BAR - filled)}]`
  return `${plainLine(label, unit, state)}${bar}`.slice(0, Math.max(20, width - 1))
}
