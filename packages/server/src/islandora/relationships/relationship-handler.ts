import type { UseCases } from '@hexapla/repository'
import type { Fields } from '../http/fields.ts'
import { IslandoraHandler } from '../http/islandora-handler.ts'
import { receiveBody } from '../http/receive-body.ts'
import { tunnelledMethod } from '../http/tunnelled-method.ts'
import { relationshipDocument } from './relationship-document.ts'
import { newTriple, tripleFilter } from './relationship-fields.ts'

export interface RelationshipDeps {
  readonly objects: Pick<UseCases['objects'], 'addTriple' | 'readTriples' | 'removeTriples'>
}

/** `object/{pid}/relationship` (document 004, "List Existing Relationships", "Add A New …", "Remove An Existing …"). */
export class RelationshipHandler extends IslandoraHandler<RelationshipDeps> {
  override async get(): Promise<unknown> {
    const filter = tripleFilter(new Map(this.request.query))
    const triples = await this.deps.objects.readTriples(this.actor, { pid: this.#pid, filter })
    return triples.map(relationshipDocument)
  }

  override async post(): Promise<void> {
    const fields = await receiveBody(this.request, ({ rest }) => rest())
    if (tunnelledMethod(fields, ['POST', 'DELETE']) === 'DELETE') return this.#remove(fields)
    await this.deps.objects.addTriple(this.actor, { pid: this.#pid, triple: newTriple(fields) })
    this.response.status(201)
  }

  override async delete(): Promise<void> {
    await this.#remove(await receiveBody(this.request, ({ rest }) => rest()))
  }

  get #pid(): string {
    return this.request.param('pid')
  }

  async #remove(fields: Fields): Promise<void> {
    const filter = tripleFilter(fields)
    await this.deps.objects.removeTriples(this.actor, { pid: this.#pid, filter })
    this.response.status(200)
  }
}
