/** Whatever `new Headers()` takes. */
export type HeadersInput = Headers | Readonly<Record<string, string>> | [string, string][]
