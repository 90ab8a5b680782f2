import { create } from 'content-disposition'

/** Whether content is shown in place or saved, and under which name. */
export interface Disposition {
  readonly type: 'inline' | 'attachment'
  readonly filename?: string | undefined
}

/**
 * The value of `Content-Disposition` (RFC 6266), for any file name: what is beyond ASCII goes to `filename*`
 * (RFC 8187), paths and control characters are taken out.
 */
export function formatDisposition({ type, filename }: Disposition): string {
  // Control characters would be a fault in the header, and a recipient must not be led by a path (RFC 6266 section 4.3).
  const name = filename?.replace(/[\p{Cc}\p{Cs}]/gu, '').replace(/^.*[/\\]/s, '')
  return name === undefined || name === '' ? type : create(name, { type })
}
