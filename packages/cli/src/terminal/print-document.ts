import type { Terminal } from './terminal.ts'

/** Prints a document: indented for people, in a line for programs. */
export function printDocument(terminal: Terminal, document: unknown): void {
  terminal.print(JSON.stringify(document, null, terminal.json ? 0 : 2))
}
