/**
 * Waits for statements of one transaction that were sent together. Where one fails, those behind it fail as well, and only
 * know that the transaction has: the first one in this order tells why.
 *
 * @throws what the first of them that failed throws
 */
export async function sentTogether<const Statements extends readonly Promise<unknown>[]>(
  statements: Statements,
): Promise<{ -readonly [Place in keyof Statements]: Awaited<Statements[Place]> }> {
  const outcomes = await Promise.allSettled(statements)
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  // None of them fails any more.
  return Promise.all(statements)
}
