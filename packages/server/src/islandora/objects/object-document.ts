import { firstValue, type SeenObject } from '@hexapla/repository'
import { datastreamDocument } from '../datastreams/datastream-document.ts'
import { virtualDocuments } from '../virtual/virtual-datastream.ts'

/** An object with its datastreams (document 004, "Describe An Existing Object"). */
export function objectDocument(object: SeenObject) {
  return {
    ...propertiesOf(object),
    datastreams: [...virtualDocuments(object), ...object.datastreams.map(datastreamDocument)],
  }
}

function propertiesOf({ record, models, owner, state }: SeenObject) {
  return {
    pid: record.pid,
    label: firstValue(record.metadata, 'dc.title') ?? '',
    owner,
    models,
    state,
    created: record.createdAt.toISOString(),
    modified: record.modifiedAt.toISOString(),
  }
}

/** What is told of an object that was changed (document 004, "Modify An Existing Object’S Properties"). */
export function objectProperties(object: SeenObject) {
  const { pid, label, state, owner, modified } = propertiesOf(object)
  return { pid, label, state, owner, modified }
}
