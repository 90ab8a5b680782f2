import type { PythonEnvironment } from '../python/environment.ts'
import type { ServerProcess } from '../process/server-process.ts'

/** What the programs run against. */
export interface Stage {
  readonly python: PythonEnvironment
  readonly server: ServerProcess
  /** A place for files. */
  readonly directory: string
}

/** One thing that is shown to work, named for its line of output. */
export interface Program {
  readonly name: string
  /** Resolves with a remark on what was seen. @throws Error when it does not work */
  readonly run: (stage: Stage) => Promise<string>
}
