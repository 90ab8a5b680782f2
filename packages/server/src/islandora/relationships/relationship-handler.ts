import type { Triple, TripleFilter, UseCases } from '@hexapla/repository'
import { booleanField, invalidField, textField, type Fields } from '../http/fields.ts'
import { IslandoraHandler } from '../http/islandora-handler.ts'
import { receiveBody } from '../http/receive-body.ts'
import { tunnelledMethod } from '../http/tunnelled-method.ts'
import { relationshipDocument } from './relationship-document.ts'

export interface RelationshipDeps {
  readonly objects: Pick<UseCases['objects'], 'addTriple' | 'readTriples' | 'removeTriples'>
}

/** `object/{pid}/relationship` (document 004, "List Existing Relationships", "Add A New …", "Remove An Existing …"). */
export class RelationshipHandler extends IslandoraHandler<RelationshipDeps> {
  override async get(): Promise<unknown> {
    const fields: Fields = new Map(this.request.query)
    const triples = await this.deps.objects.readTriples(this.actor, {
      pid: this.#pid,
      filter: tripleFilter(fields),
    })
    // Every object of a relationship is another object so far.
    return isLiteral(fields) ? [] : triples.map(relationshipDocument)
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
    if (!isLiteral(fields)) await this.deps.objects.removeTriples(this.actor, { pid: this.#pid, filter })
    this.response.status(200)
  }
}

function newTriple(fields: Fields): Triple {
  const { namespace, predicate, object } = tripleFilter(fields)
  if (namespace === undefined) throw invalidField('uri', 'is required')
  if (predicate === undefined) throw invalidField('predicate', 'is required')
  if (object === undefined) throw invalidField('object', 'is required')
  if (isLiteral(fields)) throw invalidField('literal', 'is not possible for this predicate')
  return { namespace, predicate, object }
}

function tripleFilter(fields: Fields): TripleFilter {
  const [namespace, predicate, object] = ['uri', 'predicate', 'object'].map((name) => given(fields, name))
  if (predicate !== undefined && namespace === undefined) {
    throw invalidField('uri', 'is required where a predicate is given')
  }
  return {
    ...(namespace !== undefined && { namespace }),
    ...(predicate !== undefined && { predicate }),
    // As pids, and as the URIs that they stand for.
    ...(object !== undefined && { object: object.replace(/^info:fedora\//, '') }),
  }
}

function given(fields: Fields, name: string): string | undefined {
  const text = textField(fields, name)
  return text === '' ? undefined : text
}

function isLiteral(fields: Fields): boolean {
  return booleanField(fields, 'literal') ?? false
}
