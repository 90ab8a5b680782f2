import type { Terminal } from '../src/terminal/terminal.ts'

/** A terminal that keeps what is written to it, a person's screen or not. */
export function recordingTerminal(
  options: Partial<Pick<Terminal, 'json' | 'isLive' | 'columns'>>,
): Terminal & { readonly lines: string[] } {
  const lines: string[] = []
  const take = (line: string): void => void lines.push(line)
  return {
    json: false,
    isLive: false,
    columns: undefined,
    width: 80,
    ...options,
    lines,
    print: take,
    note: take,
    show: take,
    clear: () => undefined,
  }
}
