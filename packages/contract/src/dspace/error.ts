import { Type, type Static } from 'typebox'

/** The original's error document, with a stable code, the fields at fault, and the reference id of a 500. */
export const ErrorDocument = Type.Object({
  timestamp: Type.String(),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  error: Type.String(),
  message: Type.String(),
  path: Type.String(),
  code: Type.String(),
  fields: Type.Optional(Type.Array(Type.Object({ name: Type.String(), message: Type.String() }))),
  reference: Type.Optional(Type.String()),
})
export type ErrorDocument = Static<typeof ErrorDocument>
