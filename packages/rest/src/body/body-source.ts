import { Readable } from 'node:stream'
import { BodyIntake, type IntakeOptions } from './body-intake.ts'

/** The body of a request as a stream, with the failures of {@link BodyIntake}. Destroying it stops the intake. */
export class BodySource extends Readable {
  readonly #intake: BodyIntake

  constructor(options: IntakeOptions) {
    super()
    this.#intake = new BodyIntake(options, {
      take: (chunk) => this.push(chunk),
      end: () => this.push(null),
      fail: (error) => this.destroy(error),
      isBehind: () => this.readableLength > 0,
    })
  }

  override _read(): void {
    this.#intake.resume()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#intake.stop()
    callback(error)
  }
}
