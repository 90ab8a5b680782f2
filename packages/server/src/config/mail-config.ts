import type { SettingReader } from './setting-reader.ts'

/** How messages are sent. */
export interface MailConfig {
  /** Undefined: messages are kept in the data directory. */
  readonly smtpUrl?: string
  readonly from: string
}

/** Reads the settings of mail. */
export function readMailConfig(read: SettingReader): MailConfig {
  const smtpUrl = read.url('HEXAPLA_SMTP_URL', ['smtp:', 'smtps:'])
  return {
    ...(smtpUrl !== undefined && { smtpUrl }),
    from: read.text('HEXAPLA_MAIL_FROM', 'hexapla@localhost'),
  }
}
