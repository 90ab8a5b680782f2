import { replaceBody } from '../body/replace-body.ts'
import type { RequestBody } from '../body/request-body.ts'
import { toReadableStream } from '../body/to-readable-stream.ts'
import { watchStream } from '../body/watch-stream.ts'
import { TimeoutError } from '../errors.ts'
import { anySignal } from './any-signal.ts'
import type { Layer } from './layer.ts'

/**
 * Ends a request whose connection is silent for `timeoutMs`. A transfer of hours passes as long as bytes move; time in
 * which a slow source gives nothing to send, or a slow reader asks for nothing, does not count.
 *
 * @throws {TimeoutError} `timeout`, also while the body is read.
 */
export function withTimeout(): Layer {
  return (next) => async (request) => {
    const { timeoutMs, method, url, body } = request
    if (timeoutMs === 0) return next(request)
    let answered = false
    const silence = silenceTimer(timeoutMs, () => new TimeoutError({ method, url: url.href }, timeoutMs))
    try {
      silence.start()
      const response = await next({
        ...request,
        signal: anySignal(request.signal, silence.signal),
        body: body && pausedWhileReading(body, silence, () => !answered),
      })
      if (response.body === null) return response
      const watched = watchStream(response.body, {
        reading: silence.start,
        chunk: silence.stop,
        ended: silence.stop,
        cancelled: silence.stop,
        failed: (error) => {
          silence.stop()
          return error
        },
      })
      return replaceBody(response, watched)
    } finally {
      // A server may answer before the body is sent; from here on its silence is that of the answer.
      answered = true
      silence.stop()
    }
  }
}

interface SilenceTimer {
  readonly signal: AbortSignal
  readonly start: () => void
  readonly stop: () => void
}

function silenceTimer(timeoutMs: number, error: () => Error): SilenceTimer {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => clearTimeout(timer)
  const start = () => {
    stop()
    timer = setTimeout(() => controller.abort(error()), timeoutMs)
  }
  return { signal: controller.signal, start, stop }
}

function pausedWhileReading(body: RequestBody, silence: SilenceTimer, counts: () => boolean): RequestBody {
  if (body.replayable) return body
  const stop = () => counts() && silence.stop()
  const start = () => counts() && silence.start()
  const open = () =>
    watchStream(toReadableStream(body.open() as ReadableStream<Uint8Array>), {
      reading: stop,
      chunk: start,
      ended: start,
    })
  return { ...body, open }
}
