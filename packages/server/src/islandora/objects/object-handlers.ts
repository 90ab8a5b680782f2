import type { UseCases } from '@hexapla/repository'
import { stateField, textField, type Fields } from '../http/fields.ts'
import { IslandoraHandler } from '../http/islandora-handler.ts'
import { openName, type Namespaces } from '../http/open-namespaces.ts'
import { receiveBody } from '../http/receive-body.ts'
import { tunnelledMethod } from '../http/tunnelled-method.ts'
import { objectDocument, objectProperties } from './object-document.ts'

export interface ObjectDeps {
  readonly objects: UseCases['objects']
  readonly namespaces: Namespaces
  /** The namespace that new objects have without another one. */
  readonly pidNamespace: string
}

/** `object` (document 004, "Create A New Object"). */
export class ObjectsHandler extends IslandoraHandler<ObjectDeps> {
  override async post(): Promise<unknown> {
    const fields = await receiveBody(this.request, ({ rest }) => rest())
    tunnelledMethod(fields, ['POST'])
    const [pid, namespace, label, owner] = ['pid', 'namespace', 'label', 'owner'].map((name) =>
      textField(fields, name),
    )
    // An empty field of a form is one that nobody has filled in.
    const name = { ...(isGiven(pid) && { pid }), ...(isGiven(namespace) && { namespace }) }
    const { objects, namespaces, pidNamespace } = this.deps
    const created = await objects.create(this.actor, {
      ...openName(namespaces, name, pidNamespace),
      ...(isGiven(label) && { label }),
      ...(isGiven(owner) && { owner }),
    })
    this.response.status(201)
    return objectDocument(created)
  }
}

/** `object/{pid}` (document 004, "Describe An Existing Object", "Modify …", "Delete An Existing Object"). */
export class ObjectHandler extends IslandoraHandler<ObjectDeps> {
  override async get(): Promise<unknown> {
    return objectDocument(await this.deps.objects.read(this.actor, this.#pid))
  }

  override async put(): Promise<unknown> {
    return this.#change(await receiveBody(this.request, ({ rest }) => rest()))
  }

  override async delete(): Promise<void> {
    await this.deps.objects.delete(this.actor, { pid: this.#pid, expected: 'any' })
    this.response.status(200)
  }

  override async post(): Promise<unknown> {
    const fields = await receiveBody(this.request, ({ rest }) => rest())
    if (tunnelledMethod(fields, ['PUT', 'DELETE']) === 'PUT') return this.#change(fields)
    await this.delete()
    return undefined
  }

  get #pid(): string {
    return this.request.param('pid')
  }

  async #change(fields: Fields): Promise<unknown> {
    const [label, owner] = [textField(fields, 'label'), textField(fields, 'owner')]
    const state = stateField(fields)
    const changed = await this.deps.objects.change(this.actor, {
      pid: this.#pid,
      expected: 'any',
      ...(label !== undefined && { label }),
      ...(owner !== undefined && { owner }),
      ...(state !== undefined && { state }),
    })
    return objectProperties(changed)
  }
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== ''
}
