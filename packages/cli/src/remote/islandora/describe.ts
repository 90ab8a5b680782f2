import { printDocument } from '../../terminal/print-document.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { withSite } from './with-site.ts'

/** Prints what the site tells of itself and of what one may do there. */
export function describe(terminal: Terminal): Promise<void> {
  return withSite(async (session) => printDocument(terminal, await session.describe()))
}
