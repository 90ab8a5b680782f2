/** Lets go of an answer's body, so that its connection can be used again. */
export async function discardBody(response: Response): Promise<void> {
  await response.body?.cancel()
}
