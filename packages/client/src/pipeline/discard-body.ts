/** Lets go of an answer's body, so that its connection can be used again. */
export async function discardBody(response: Response): Promise<void> {
  // Where the connection broke meanwhile, nothing is left to let go of.
  await response.body?.cancel().catch(() => undefined)
}
