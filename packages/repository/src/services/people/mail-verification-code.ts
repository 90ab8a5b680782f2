import type { Clock } from '../../domain/clock.ts'
import type { MailSender } from '../../domain/mail/mail-sender.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { createVerificationCode, digestOfCode } from './verification-code.ts'

/** Topic of registrations that wait for their code; the payload is {@link CodeWanted}. */
export const CODE_WANTED = 'verification-code-wanted'

export interface CodeWanted {
  readonly registrationId: string
  readonly apiUrl: string
}

/**
 * Makes the code of a registration and mails it. The code is nowhere but in the mail: should that fail, the next try makes
 * another one. For a registration that has expired or been verified, nothing is left to do.
 */
export function mailVerificationCode(deps: { unitOfWork: UnitOfWork; mail: MailSender; clock: Clock }) {
  return async ({ registrationId, apiUrl }: CodeWanted): Promise<void> => {
    const code = createVerificationCode()
    const to = await deps.unitOfWork((tx) =>
      tx.registrations.setCode(registrationId, digestOfCode(code), deps.clock()),
    )
    if (to === undefined) return
    await deps.mail.send({
      to,
      subject: 'Verify your Pele API account',
      text: `Use your verification code below to verify your Pele API account at ${apiUrl}:\n\n${code}\n`,
    })
  }
}
