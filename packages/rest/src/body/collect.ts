import { BodyIntake, type IntakeOptions } from './body-intake.ts'

/**
 * Reads a body into memory, up to its limit.
 *
 * @throws HttpError those of {@link BodyIntake}
 */
export function collect(options: IntakeOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const intake = new BodyIntake(options, {
      take: (chunk) => chunks.push(chunk) > 0,
      end: () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
      fail: reject,
      isBehind: () => false,
    })
    intake.resume()
  })
}
