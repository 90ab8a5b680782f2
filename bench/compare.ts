import { processorTime } from './processor-time.ts'

/** One side of a comparison. */
export interface Side {
  readonly pid: number
  /** Runs for about so long. */
  readonly run: (milliseconds: number) => Promise<{ perSecond: number; latencies: readonly number[] }>
}

/** What was measured of a side: medians over the rounds. */
export interface Figures {
  readonly perSecond: number
  /** milliseconds */
  readonly p50: number
  readonly p99: number
  /** Processor time of the server's process for one request, in microseconds. */
  readonly cost: number
}

/** Both sides of a comparison. */
export interface Comparison {
  readonly ours: Figures
  readonly floor: Figures
  /** Median of the rounds' ratios, which noise that hits both sides of a round leaves alone. */
  readonly ratio: number
}

/** Rounds of a comparison and their length. */
export interface Rounds {
  readonly rounds: number
  readonly milliseconds: number
}

/** Each side runs so long before it is measured: V8 compiles what is hot in some seconds. */
const WARM_UP_MS = 2500

/** Runs both sides in turn, many short rounds, so that whatever else goes on hits both. */
export async function compare(
  sides: { readonly ours: Side; readonly floor: Side },
  { rounds, milliseconds }: Rounds,
): Promise<Comparison> {
  const measured: { ours: Figures; floor: Figures }[] = []
  for (const side of [sides.floor, sides.ours]) await side.run(WARM_UP_MS)
  for (let round = 0; round < rounds; round++) {
    const floor = await measure(sides.floor, milliseconds)
    const ours = await measure(sides.ours, milliseconds)
    measured.push({ ours, floor })
  }
  return {
    ours: medians(measured.map((round) => round.ours)),
    floor: medians(measured.map((round) => round.floor)),
    ratio: median(measured.map(({ ours, floor }) => ours.perSecond / floor.perSecond)),
  }
}

async function measure(side: Side, milliseconds: number): Promise<Figures> {
  const before = await processorTime(side.pid)
  const { perSecond, latencies } = await side.run(milliseconds)
  const used = (await processorTime(side.pid)) - before
  const sorted = [...latencies].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
  return { perSecond, p50: at(0.5), p99: at(0.99), cost: used / latencies.length }
}

function medians(figures: readonly Figures[]): Figures {
  const of = (key: keyof Figures) => median(figures.map((figure) => figure[key]))
  return { perSecond: of('perSecond'), p50: of('p50'), p99: of('p99'), cost: of('cost') }
}

/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
