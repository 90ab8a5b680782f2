import { HttpError } from '@hexapla/client'

/** Status and code of a refusal. */
export async function refused(answer: Promise<unknown>): Promise<{ status: number; code: unknown }> {
  const error = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof HttpError)) throw new Error(`No refusal: ${String(error)}`)
  return { status: error.status, code: (error.body as { code: unknown }).code }
}
