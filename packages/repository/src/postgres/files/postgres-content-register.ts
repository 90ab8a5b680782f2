import { sql, type Kysely } from 'kysely'
import type { ContentRegister } from '../../domain/files/bitstream-store.ts'
import type { StoredContent } from '../../domain/records/record.ts'
import type { Schema } from '../schema.ts'

interface ContentRow {
  sha256: string
  md5: string
  size: number
  staging_name: string | null
}

/** The register of stored bytes in PostgreSQL. */
export function postgresContentRegister(db: Kysely<Schema>): ContentRegister {
  // Whoever takes bytes into use and whoever sweeps them away wait for each other, digest by digest.
  const lock = (sha256: string) =>
    sql`select pg_advisory_xact_lock(hashtextextended(${sha256}, 0))`.execute(db)
  return {
    async register(content) {
      await sql`
        insert into content (sha256, md5, size, staging_name)
        select ${content.sha256}, ${content.md5}, ${content.size}, ${content.stagingName}
        from pg_advisory_xact_lock(hashtextextended(${content.sha256}, 0))
        on conflict (sha256) do update set staging_name = excluded.staging_name
      `.execute(db)
    },
    async registerMany(contents) {
      if (contents.length === 0) return
      const columns = columnsOf(contents)
      // Always in the order of digests, so that two of these never wait for each other.
      await sql`
        with locked as materialized (
          select pg_advisory_xact_lock(hashtextextended(sha256, 0))
          from (select unnest(${columns.sha256}::text[]) as sha256 order by 1) sorted
        )
        insert into content (sha256, md5, size, staging_name)
        select row.* from (select count(*) from locked) all_locked, unnest(${columns.sha256}::text[],
          ${columns.md5}::text[], ${columns.size}::bigint[], ${columns.stagingName}::text[])
          as row (sha256, md5, size, staging_name) order by 1
        on conflict (sha256) do update set staging_name = excluded.staging_name
      `.execute(db)
    },
    async kept(sha256, stagingName) {
      await sql`
        update content set staging_name = null where sha256 = ${sha256} and staging_name = ${stagingName}
      `.execute(db)
    },
    async keptMany(contents) {
      if (contents.length === 0) return
      const columns = columnsOf(contents)
      await sql`
        update content c set staging_name = null
        from unnest(${columns.sha256}::text[], ${columns.stagingName}::text[]) as row (sha256, staging_name)
        where c.sha256 = row.sha256 and c.staging_name = row.staging_name
      `.execute(db)
    },
    async lockReferenced(digests) {
      const result = await sql<{ sha256: string }>`
        select c.sha256 from content c
        where c.sha256 = any(${digests}::text[]) and (
          exists (select from bitstream f where f.sha256 = c.sha256)
          or exists (select from datastream_version v where v.sha256 = c.sha256))
        order by c.sha256 for no key update of c
      `.execute(db)
      return new Set(result.rows.map(({ sha256 }) => sha256))
    },
    async staged() {
      const result = await sql<ContentRow>`
        select sha256, md5, size, staging_name from content where staging_name is not null
      `.execute(db)
      return result.rows.map(toContent)
    },
    async forgetUnreferenced(sha256) {
      await lock(sha256)
      const result = await sql`
        delete from content c where sha256 = ${sha256}
          and not exists (select from bitstream b where b.sha256 = c.sha256)
          and not exists (select from datastream_version v where v.sha256 = c.sha256)
      `.execute(db)
      return (result.numAffectedRows ?? 0n) > 0n
    },
    async digestsAfter(sha256, limit) {
      const result = await sql<ContentRow>`
        select sha256, md5, size, staging_name from content where sha256 > ${sha256} order by sha256 limit ${limit}
      `.execute(db)
      return result.rows.map(toContent)
    },
    async totals() {
      const result = await sql<{ contents: number; bytes: number }>`
        select count(*) as contents, coalesce(sum(size), 0)::bigint as bytes from content
      `.execute(db)
      return result.rows[0] ?? { contents: 0, bytes: 0 }
    },
  }
}

function columnsOf(contents: readonly StoredContent[]) {
  return {
    sha256: contents.map(({ sha256 }) => sha256),
    md5: contents.map(({ md5 }) => md5),
    size: contents.map(({ size }) => size),
    stagingName: contents.map(({ stagingName }) => stagingName),
  }
}

function toContent(row: ContentRow): StoredContent {
  return { sha256: row.sha256, md5: row.md5, size: row.size, stagingName: row.staging_name }
}
