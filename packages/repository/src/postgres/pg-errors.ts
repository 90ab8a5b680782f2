import { DomainError } from '../domain/errors.ts'

/** What the unique constraints of `migrations/` keep from being taken twice: the field as callers know it. */
const UNIQUE_FIELDS: Readonly<Record<string, string>> = {
  person_pkey: 'id',
  person_email: 'email',
  person_netid_key: 'netid',
  registration_email: 'email',
  person_group_pkey: 'id',
  person_group_name_key: 'name',
  metadata_schema_prefix_key: 'prefix',
  metadata_schema_namespace_key: 'namespace',
  metadata_field_schema_id_element_qualifier_key: 'name',
  bitstream_format_short_description_key: 'shortDescription',
  record_pkey: 'id',
  record_handle_key: 'handle',
  record_pid_key: 'pid',
  record_template_of_id_key: 'templateOf',
  bundle_item_name: 'name',
  api_token_person_name: 'name',
  datastream_item_dsid: 'dsid',
  dataset_id_key: 'dataset',
}

// SQLSTATE class 23, PostgreSQL manual, appendix A.
const UNIQUE_VIOLATION = '23505'
const FOREIGN_KEY_VIOLATION = '23503'

/**
 * Runs a write and says in the domain's words when a constraint refused it. After such an error the transaction can
 * only be rolled back.
 *
 * @throws DomainError `CONFLICT` with `field` when a unique value is taken, `REFERENCE_INVALID` when what the row
 * refers to is not there; any other failure as it is
 */
export async function withConstraints<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw toDomainError(error) ?? error
  }
}

function toDomainError(error: unknown): DomainError | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : ''
  if (error.code === UNIQUE_VIOLATION && Object.hasOwn(UNIQUE_FIELDS, constraint)) {
    const field = UNIQUE_FIELDS[constraint]
    return new DomainError('CONFLICT', `This ${field} is taken`, { field }, { cause: error })
  }
  if (error.code === FOREIGN_KEY_VIOLATION) {
    return new DomainError(
      'REFERENCE_INVALID',
      'Something referred to does not exist',
      { constraint },
      { cause: error },
    )
  }
  return undefined
}

/** Whether an item could not be deleted because a relationship of it had come up. */
export function isStillRelated(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === FOREIGN_KEY_VIOLATION &&
    'table' in error &&
    error.table === 'relationship'
  )
}

// SQLSTATE class 40: the transaction was rolled back for reasons that do not lie in it.
const RETRYABLE: ReadonlySet<unknown> = new Set(['40001', '40P01'])

/** Whether a transaction failed only because of others running beside it, so that it may be run again. */
export function isRetryable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && RETRYABLE.has(error.code)
}

// SQLSTATE classes 23 and 40: a constraint that is looked at when a transaction ends, and transactions that lost to others; but for
// 40003, statement_completion_unknown.
const ROLLED_BACK = /^(?:23|40(?!003))/

/** Whether a commit was answered with an error after which it certainly did not happen. */
export function isRolledBack(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ROLLED_BACK.test(String(error.code))
}
