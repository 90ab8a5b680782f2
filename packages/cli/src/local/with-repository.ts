import { openRepository, type Repository } from '@hexapla/repository'
import { repositoryConfig } from '@hexapla/server'
import type { Terminal } from '../terminal/terminal.ts'
import type { LocalOptions } from './local-options.ts'
import { readConfig } from './read-config.ts'
import { tellAdministrator } from './tell-administrator.ts'

/**
 * Opens the repository of the configuration, works on it, and closes it. A server may run on it meanwhile: its database is
 * shared then.
 *
 * @throws ConfigError `CONFIG_INVALID`, EmbeddedPostgresError, and what `work` throws
 */
export async function withRepository<T>(
  terminal: Terminal,
  { data }: LocalOptions,
  work: (repository: Repository) => Promise<T>,
): Promise<T> {
  const config = readConfig({ HEXAPLA_DATA: data })
  const repository = await openRepository(
    repositoryConfig(config, { join: true, log: (line) => terminal.note(line) }),
  )
  try {
    tellAdministrator(terminal, config, repository)
    return await work(repository)
  } finally {
    await repository.close()
  }
}
