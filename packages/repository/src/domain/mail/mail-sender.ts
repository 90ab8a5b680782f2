/** A message to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Hands messages to whoever delivers them. */
export interface MailSender {
  /** Resolves when the message is in other hands; it may be sent again where that is not known. */
  send(mail: Mail): Promise<void>
}
