import { createTransport } from 'nodemailer'
import type { MailSender } from '../domain/mail/mail-sender.ts'

/** A server that does not answer must not hold up what waits behind. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

/**
 * Hands messages to an SMTP server, a connection each.
 *
 * @param options.url e.g. `smtps://user:password@mail.example.org`
 * @param options.from the address that they come from
 */
export function smtpSender({ url, from }: { url: string; from: string }): MailSender {
  const transport = createTransport({ url, ...TIMEOUTS })
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        // RFC 3834 section 5: nobody's vacation answers to it.
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
  }
}
