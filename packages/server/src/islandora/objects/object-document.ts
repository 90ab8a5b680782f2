import { firstValue, type SeenObject } from '@hexapla/repository'
import { datastreamDocument } from '../datastreams/datastream-document.ts'

/** An object with its datastreams (document 004, "Describe An Existing Object"). */
export function objectDocument({ record, models, datastreams, ...object }: SeenObject) {
  return {
    pid: record.pid,
    label: firstValue(record.metadata, 'dc.title') ?? '',
    owner: object.owner,
    models,
    state: object.state,
    created: record.createdAt.toISOString(),
    modified: record.modifiedAt.toISOString(),
    datastreams: datastreams.map(datastreamDocument),
  }
}

/** What is told of an object that was changed (document 004, "Modify An Existing Object’S Properties"). */
export function objectProperties(object: SeenObject) {
  const { pid, label, state, owner, modified } = objectDocument(object)
  return { pid, label, state, owner, modified }
}
