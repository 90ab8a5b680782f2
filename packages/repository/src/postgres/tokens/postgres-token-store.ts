import { sql, type Kysely, type Selectable } from 'kysely'
import type { ApiToken } from '../../domain/tokens/api-token.ts'
import type { TokenStore } from '../../domain/tokens/token-store.ts'
import { pageClause, toPage, type SortColumns } from '../page-query.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema, TokenTable } from '../schema.ts'

type TokenRow = Omit<Selectable<TokenTable>, 'digest'>

const COLUMNS = sql.raw('t.id, t.person_id, t.name, t.scope, t.created_at, t.expires_at, t.last_used_at')
const KEY = sql<string>`t.id`
const NAME = sql`lower(t.name)`
const SORTS: SortColumns = {
  name: NAME,
  createdAt: sql`t.created_at`,
  expiresAt: sql`t.expires_at`,
  lastUsedAt: sql`t.last_used_at`,
}

/** API tokens in PostgreSQL; who bears one is told by the actor reader. */
export function postgresTokenStore(db: Kysely<Schema>): TokenStore {
  return {
    async find(id) {
      const result = await sql<TokenRow>`select ${COLUMNS} from api_token t where t.id = ${id}`.execute(db)
      return result.rows[0] === undefined ? undefined : toToken(result.rows[0])
    },
    async list(personId, page) {
      const from = sql`from api_token t where t.person_id = ${personId}`
      const [rows, count] = await Promise.all([
        sql<TokenRow>`select ${COLUMNS} ${from} ${pageClause(page, SORTS, KEY, NAME)}`.execute(db),
        sql<{ total: number }>`select count(*) as total ${from}`.execute(db),
      ])
      return toPage(page, rows.rows, count.rows[0]?.total ?? 0, toToken)
    },
    async insert(token, digest) {
      const row = {
        id: token.id,
        person_id: token.personId,
        name: token.name,
        scope: token.scope,
        digest: Buffer.from(digest),
        created_at: token.createdAt,
        expires_at: token.expiresAt,
        last_used_at: token.lastUsedAt,
      }
      await withConstraints(() => db.insertInto('api_token').values(row).execute())
    },
    async delete(id) {
      await db.deleteFrom('api_token').where('id', '=', id).execute()
    },
  }
}

/** Keeps the moment at which a token was used, unless a later one is known. */
export async function writeTokenUse(db: Kysely<Schema>, tokenId: string, moment: Date): Promise<void> {
  await sql`
    update api_token set last_used_at = ${moment}
    where id = ${tokenId} and (last_used_at is null or last_used_at < ${moment})
  `.execute(db)
}

function toToken(row: TokenRow): ApiToken {
  return {
    id: row.id,
    personId: row.person_id,
    name: row.name,
    scope: row.scope,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  }
}
