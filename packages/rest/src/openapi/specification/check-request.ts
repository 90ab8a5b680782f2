import { unsupportedMediaType } from '../../body/media-type.ts'
import { HttpError, type FieldFault } from '../../http-error.ts'
import type { RestRequest } from '../../request.ts'
import type { Operation } from './operation.ts'
import { parameterSource, readParameter, type ParameterPlace } from './parameter.ts'

type Values = Readonly<Record<string, unknown>>

/** The values of a request, typed as its schemas say; absent ones are not among them. */
export interface ValidatedRequest {
  readonly path: Values
  readonly query: Values
  /** Names in lower case. */
  readonly header: Values
  readonly cookie: Values
  /** The JSON body, if there is one. */
  readonly body: unknown
}

interface PlacedFault extends FieldFault {
  readonly where: ParameterPlace | 'body'
}

/**
 * Holds a request against what the document says of it. The parts of it that the document does not speak of are nobody's
 * business, as further parameters of a query.
 *
 * @throws HttpError 400 `request-invalid` with every fault in `fields`; 415 `unsupported-media-type`; and those of
 * `request.json()`.
 */
export async function checkRequest(
  operation: Operation,
  pathValues: ReadonlyMap<string, string>,
  request: RestRequest,
): Promise<ValidatedRequest> {
  const source = parameterSource(request, pathValues)
  const values = { path: {}, query: {}, header: {}, cookie: {} } satisfies Record<ParameterPlace, Values>
  const faults: PlacedFault[] = []
  for (const parameter of operation.parameters) {
    const { value, faults: found } = readParameter(parameter, source)
    faults.push(...found.map((fault) => ({ ...fault, where: parameter.in })))
    if (value !== undefined) Object.assign(values[parameter.in], { [parameter.name]: value })
  }
  const { value: body, faults: found } = await readBody(operation, request)
  faults.push(...found.map((fault) => ({ ...fault, where: 'body' as const })))
  if (faults.length > 0) throw invalidRequest(faults)
  return { ...values, body }
}

async function readBody(
  { body }: Operation,
  request: RestRequest,
): Promise<{ readonly value: unknown; readonly faults: readonly FieldFault[] }> {
  if (body === undefined) return { value: undefined, faults: [] }
  if (!request.hasBody || request.header('content-length') === '0') {
    return { value: undefined, faults: body.required ? [{ name: '', message: 'is required' }] : [] }
  }
  const media = body.types.find(request.contentType)
  if (media === undefined) throw unsupportedMediaType(request.contentType, body.types.names)
  // Forms and files are streams: their handler reads them.
  if (!media.isJson) return { value: undefined, faults: [] }
  const value = await request.json()
  return { value, faults: media.check(value) }
}

function invalidRequest(faults: readonly PlacedFault[]): HttpError {
  const sentences = faults.map(({ where, name, message }) =>
    where === 'body'
      ? `body${name === '' ? '' : ` ${name}`}: ${message}`
      : `${where} parameter ${name}: ${message}`,
  )
  return new HttpError(400, 'request-invalid', sentences.join('; '), {
    fields: faults.map(({ name, message }) => ({ name, message })),
  })
}
