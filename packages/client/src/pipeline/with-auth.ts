import type { Auth } from '../auth/auth.ts'
import { discardBody } from './discard-body.ts'
import type { Layer } from './layer.ts'

/**
 * Sends the credentials of `auth`, in `header`. Refused in spite of them, by a 401 unless `auth` says otherwise, they are given
 * up and the request is repeated once with new ones, where there are any, unless its body is a stream.
 */
export function withAuth(auth: Auth, header = 'authorization'): Layer {
  const isRefusal = auth.isRefusal ?? ((status: number) => status === 401)
  return (next) => async (request) => {
    const { signal } = request
    const replayable = request.body?.replayable !== false
    const send = (authorization: string | undefined) => {
      if (authorization === undefined) return next(request)
      const headers = new Headers(request.headers)
      headers.set(header, authorization)
      return next({ ...request, headers })
    }

    const used = await auth.authorization({ certain: !replayable, signal })
    const response = await send(used)
    if (used === undefined || !isRefusal(response.status)) return response
    auth.refused(used)
    if (!replayable) return response
    const renewed = await auth.authorization({ certain: false, signal }).catch(async (error: unknown) => {
      await discardBody(response)
      throw error
    })
    if (renewed === used) return response
    await discardBody(response)
    return send(renewed)
  }
}
