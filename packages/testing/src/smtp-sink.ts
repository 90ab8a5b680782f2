import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** A message that came in. */
export interface SunkMail {
  readonly from: string
  readonly to: readonly string[]
  /** As it came (RFC 5322). */
  readonly message: string
}

/** A real SMTP server that delivers nothing. */
export interface SmtpSink {
  /** For `HEXAPLA_SMTP_URL`. */
  readonly url: string
  readonly received: readonly SunkMail[]
  /** Refuses the next so many messages for the time being (451), after reading them. */
  refuse(times: number): void
  stop(): Promise<void>
}

/** Starts a server that keeps what it is sent. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const received: SunkMail[] = []
  let refusals = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, { envelope }, done) {
      const message = await text(stream)
      if (refusals > 0) {
        refusals -= 1
        done(Object.assign(new Error('Try again later'), { responseCode: 451 }))
        return
      }
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
      received.push({ from, to: envelope.rcptTo.map(({ address }) => address), message })
      done()
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuse: (times) => {
      refusals = times
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
