import { replaceBody } from '../body/replace-body.ts'
import type { Layer } from './layer.ts'

/** Reads successful answers to their end, so that for the layers around it one that is cut off is no answer. */
export function withWholeBody(): Layer {
  return (next) => async (request) => {
    const response = await next(request)
    if (!response.ok || response.body === null) return response
    return replaceBody(response, await response.arrayBuffer())
  }
}
