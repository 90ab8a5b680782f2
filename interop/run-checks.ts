/** A thing to be shown, with its line of output. */
export interface Check {
  readonly name: string
  /** Resolves with a remark. */
  readonly run: () => Promise<string>
}

/** Counts of what was shown. */
export interface Tally {
  readonly passed: number
  readonly failed: number
}

/** Runs checks one after another, a line each; a failed one does not keep the others from running. */
export async function runChecks(checks: readonly Check[]): Promise<Tally> {
  let failed = 0
  for (const { name, run } of checks) {
    const started = performance.now()
    try {
      const remark = await run()
      console.log(`passed  ${name} (${seconds(started)}): ${remark}`)
    } catch (error) {
      failed += 1
      console.log(`FAILED  ${name} (${seconds(started)})`)
      console.log(error instanceof Error ? error.stack : error)
    }
  }
  return { passed: checks.length - failed, failed }
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`
}
