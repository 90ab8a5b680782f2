import { CODE_WANTED, mailVerificationCode } from '../services/people/mail-verification-code.ts'
import { textOf } from './text-of.ts'
import type { JobHandler } from './outbox-worker.ts'

/** The handlers of the work that ends in a message, by topic. */
export function mailJobs(
  deps: Parameters<typeof mailVerificationCode>[0],
): Readonly<Record<string, JobHandler>> {
  const mailCode = mailVerificationCode(deps)
  return {
    [CODE_WANTED]: (payload) =>
      mailCode({ registrationId: textOf(payload, 'registrationId'), apiUrl: textOf(payload, 'apiUrl') }),
  }
}
