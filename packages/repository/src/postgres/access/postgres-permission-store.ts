import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Permission } from '../../domain/access/permission.ts'
import type { PermissionStore, Role } from '../../domain/access/permission-store.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'

interface RoleRow {
  role: string
  group_id: string | null
  permissions: Permission[]
}

/** Permissions of roles in PostgreSQL. */
export function postgresPermissionStore(db: Kysely<Schema>): PermissionStore {
  return {
    async ofRoles() {
      const { rows } = await sql<RoleRow>`
        select coalesce(r.role, g.name) as role, r.group_id, array_agg(r.permission order by r.permission) as permissions
        from role_permission r left join person_group g on g.id = r.group_id
        group by r.role, r.group_id, g.name
        order by r.role, lower(g.name), r.group_id
      `.execute(db)
      return rows.map(({ role, group_id: groupId, permissions }) => ({
        role,
        groupId: groupId ?? undefined,
        permissions,
      }))
    },
    async give(role, permissions) {
      const { name, groupId } = columnsOf(role)
      await withConstraints(() =>
        sql`
          insert into role_permission (role, group_id, permission)
          select ${name}, ${groupId}::uuid, unnest(${permissions}::text[])
          on conflict do nothing
        `.execute(db),
      )
    },
    async take(role, permissions) {
      await sql`
        delete from role_permission where ${isOf(role)} and permission = any(${permissions}::text[])
      `.execute(db)
    },
  }
}

/** What somebody holds by any role, as one column. */
export function permissionsColumn(
  person: RawBuilder<unknown>,
  groupIds: RawBuilder<unknown>,
): RawBuilder<Permission[]> {
  return sql<Permission[]>`array(
    select distinct permission from role_permission
    where role = 'anonymous' or (role = 'authenticated' and ${person}::uuid is not null) or group_id in (${groupIds})
  )`
}

function columnsOf(role: Role): { name: string | null; groupId: string | null } {
  return typeof role === 'string' ? { name: role, groupId: null } : { name: null, groupId: role.groupId }
}

function isOf(role: Role): RawBuilder<boolean> {
  return typeof role === 'string' ? sql`role = ${role}` : sql`group_id = ${role.groupId}`
}
