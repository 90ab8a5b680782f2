/** Where the command writes. Results go to standard output, everything else to standard error. */
export interface Terminal {
  /** Whether results and failures are wanted as JSON. */
  readonly json: boolean
  /** Whether a person looks at standard error, so that it may move. */
  readonly isLive: boolean
  /** Columns of the screen. */
  readonly width: number
  /** Columns of the screen that results are shown on; undefined where they go elsewhere. */
  readonly columns: number | undefined
  /** A line of the result. */
  print(line: string): void
  /** A line for whoever watches. */
  note(line: string): void
  /** Shows a line that the next one replaces; only where it is live. */
  show(line: string): void
  /** Takes the line that was shown away. */
  clear(): void
}

/** The process's own streams. */
export function processTerminal(options: { readonly json: boolean }): Terminal {
  const { stdout, stderr } = process
  const isLive = stderr.isTTY && !options.json
  let isShown = false
  const clear = (): void => {
    // CSI 2K erases the line (ECMA-48 section 8.3.41).
    if (isShown) stderr.write('\r\u001B[2K')
    isShown = false
  }
  return {
    json: options.json,
    isLive,
    get width() {
      return columnsOf(stderr)
    },
    get columns() {
      return stdout.isTTY ? columnsOf(stdout) : undefined
    },
    print(line) {
      clear()
      stdout.write(`${line}\n`)
    },
    note(line) {
      clear()
      stderr.write(`${line}\n`)
    },
    show(line) {
      if (!isLive) return
      clear()
      stderr.write(line)
      isShown = true
    },
    clear,
  }
}

/** A terminal that does not know its size says 0, and what is none says nothing. */
function columnsOf({ columns }: { readonly columns: number | undefined }): number {
  return columns !== undefined && columns > 0 ? columns : 80
}
