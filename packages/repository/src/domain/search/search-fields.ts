/** What the values of a field are: whole texts, moments, or words. */
export type FieldType = 'string' | 'date' | 'text'

const DATE = /_m?dt$/
// Its twin in SQL is `is_exact_field`.
const STRING = /_m?s$/

/** The type of a field, by the endings of Solr's dynamic fields; metadata fields are text. */
export function fieldType(field: string): FieldType {
  if (DATE.test(field)) return 'date'
  return field === 'PID' || STRING.test(field) ? 'string' : 'text'
}
