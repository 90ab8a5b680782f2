import type { UseCases } from '@hexapla/repository'
import { invalidField, textField, type Fields } from '../http/fields.ts'
import { IslandoraHandler } from '../http/islandora-handler.ts'
import { receiveBody } from '../http/receive-body.ts'
import { tunnelledMethod } from '../http/tunnelled-method.ts'

export interface PermissionDeps {
  readonly access: Pick<UseCases['access'], 'grantPermissions' | 'listPermissions' | 'revokePermissions'>
}

/** `permission`: what each role may do, for administrators. Every answer is how it is afterwards. */
export class PermissionHandler extends IslandoraHandler<PermissionDeps> {
  override async get(): Promise<unknown> {
    const listed = await this.deps.access.listPermissions(this.actor)
    return listed.map(({ role, permissions }) => ({ role, permissions }))
  }

  override async post(): Promise<unknown> {
    const fields = await receiveBody(this.request, ({ rest }) => rest())
    if (tunnelledMethod(fields, ['POST', 'DELETE']) === 'DELETE') return this.#revoke(fields)
    await this.deps.access.grantPermissions(this.actor, changeOf(fields))
    this.response.status(201)
    return this.get()
  }

  override async delete(): Promise<unknown> {
    return this.#revoke(await receiveBody(this.request, ({ rest }) => rest()))
  }

  async #revoke(fields: Fields): Promise<unknown> {
    await this.deps.access.revokePermissions(this.actor, changeOf(fields))
    return this.get()
  }
}

function changeOf(fields: Fields): { readonly role: string; readonly permissions: readonly string[] } {
  const [role, permission] = [textField(fields, 'role'), textField(fields, 'permission')]
  if (role === undefined) throw invalidField('role', 'is required')
  if (permission === undefined) throw invalidField('permission', 'is required')
  return { role, permissions: [permission] }
}
