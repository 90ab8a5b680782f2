import type { ArgumentType } from '@hexapla/rest'

/** The same argument type, to which null is a value too: clients send null for what they leave empty. */
export function nullable<Value>(type: ArgumentType<Value>): ArgumentType<Value | null> {
  return (raw, context) => (raw === null ? null : type(raw, context))
}
