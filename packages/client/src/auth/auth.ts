/** A way to be known to a server, as a value: what {@link withAuth} asks for each request. */
export interface Auth {
  /**
   * Value of `Authorization`, or of the header in its place, for the next request, renewed where needed; `undefined` to go
   * without.
   *
   * @param need `certain` asks for credentials known to be accepted now, for requests that cannot be repeated
   */
  readonly authorization: (need: {
    readonly certain: boolean
    readonly signal: AbortSignal | undefined
  }) => Promise<string | undefined>
  /** Whether a status may mean that the credentials were refused; 401 alone does without it. */
  readonly isRefusal?: (status: number) => boolean
  /** Tells that the server refused this value; the next one is another. */
  readonly refused: (authorization: string) => void
}

/** Goes without credentials. */
export const anonymousAuth: Auth = {
  authorization: () => Promise.resolve(undefined),
  refused: () => undefined,
}
