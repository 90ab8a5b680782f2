import { HttpError } from '../http-error.ts'
import type { RestRequest } from '../request.ts'
import { RouteStats, type RouteStatsOptions } from './route-stats.ts'

/** What refuses calls of overloaded routes, and learns from those that were answered. */
export interface LoadShedding {
  /** @throws HttpError 503 `server-overloaded` with `Retry-After`. */
  admit(request: RestRequest): void
  /** Answers of status 500 and above are not counted: they say nothing of the time that a good one takes. */
  learn(request: RestRequest, status: number, durationMs: number): void
}

/** Keeps {@link RouteStats} of every route; there are no more of them than routes. */
export function createLoadShedding(options: RouteStatsOptions): LoadShedding {
  const routes = new Map<string, RouteStats>()
  return {
    admit({ route }) {
      const stats = route === undefined ? undefined : routes.get(route)
      if (stats === undefined || !stats.isOverloaded()) return
      throw new HttpError(503, 'server-overloaded', 'server overloaded', {
        headers: { 'retry-after': String(stats.backoffSeconds()) },
      })
    },
    learn({ route }, status, durationMs) {
      if (route === undefined || status >= 500) return
      const stats = routes.get(route) ?? new RouteStats(options)
      stats.append(durationMs)
      routes.set(route, stats)
    },
  }
}
