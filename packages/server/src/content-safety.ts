import type { BitstreamFormat } from '@hexapla/repository'

const PDF = 'application/pdf'
/** Types that browsers show without running anything of them in the page's name; `+xml` (SVG) is kept out by the form. */
const SHOWN_IN_PLACE = /^(?:(?:image|audio|video)\/[a-z0-9.-]+|text\/plain|application\/pdf)$/

/** Whether a browser may show a file instead of saving it. Everything else might act as a page of this server. */
export function isShownInPlace({
  mimetype,
  supportLevel,
}: Pick<BitstreamFormat, 'mimetype' | 'supportLevel'>): boolean {
  return supportLevel !== 'UNKNOWN' && SHOWN_IN_PLACE.test(essenceOf(mimetype))
}

/**
 * The `Content-Security-Policy` of a file: nothing of it is loaded, run or given this server's origin. Null for PDF,
 * whose viewers keep to themselves, and which Chromium's refuses to show under a sandbox (crbug.com/413851).
 */
export function contentPolicy(mimetype: string): string | null {
  return essenceOf(mimetype) === PDF ? null : "sandbox; default-src 'none'"
}

/** The type without parameters. */
function essenceOf(mimetype: string): string {
  return (mimetype.split(';')[0] ?? '').trim().toLowerCase()
}
