import type { ServerProcess } from '../interop/process/server-process.ts'
import type { Seeded } from './seed.ts'

/** What measurements run on: both servers use the same PostgreSQL. */
export interface Stage {
  readonly server: ServerProcess
  readonly floor: { readonly url: string; readonly pid: number }
  readonly seeded: Seeded
  readonly directory: string
  readonly databaseUrl: string
}
