import type { Readable } from 'node:stream'
import { pipeline, Transform } from 'node:stream'

/** What to look at while content passes by. */
export interface StreamInspection {
  update(chunk: Buffer): void
  /** Called at the end of the content. What it returns becomes the failure of the stream. */
  finish(): Error | null
  /** Says what a failure of the content itself means; without it, the failure is passed on as it is. */
  failure?(cause: Error): Error
}

/**
 * Passes content on unchanged and looks at it on the way. Both streams end and fail together, whether or not anyone
 * reads yet.
 */
export function inspectStream(content: Readable, inspection: StreamInspection): Readable {
  const inspector = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      inspection.update(chunk)
      done(null, chunk)
    },
    flush(done) {
      done(inspection.finish())
    },
  })
  content.once('error', (cause: Error) => inspector.destroy(inspection.failure?.(cause) ?? cause))
  // A failure reaches the reader of `inspector`; there is nobody else to tell.
  pipeline(content, inspector, () => undefined)
  return inspector
}
