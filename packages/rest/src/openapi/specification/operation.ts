import { mediaTypes, type MediaTypes } from './media-types.ts'
import { parametersOf, type Parameter } from './parameter.ts'
import { at, entriesAt, nodeAt, type Place } from './place.ts'
import type { CheckValue } from './schema-compiler.ts'

/** One operation of a document, its schemas compiled. */
export interface Operation {
  readonly parameters: readonly Parameter[]
  /** `undefined` when nothing is said of a body. */
  readonly body: { readonly required: boolean; readonly types: MediaTypes } | undefined
  /** By status, class such as `4XX`, or `default`. */
  readonly responses: ReadonlyMap<string, DescribedResponse>
}

/** What an answer is to be. */
export interface DescribedResponse {
  readonly types: MediaTypes
  readonly requiredHeaders: readonly string[]
}

/** Prepares one operation. */
export function prepareOperation(
  pathItem: Place,
  operation: Place,
  compile: (schema: Place) => CheckValue,
): Operation {
  const body = at(operation, 'requestBody')
  return {
    parameters: parametersOf(pathItem, operation, compile),
    body:
      body.value === undefined
        ? undefined
        : { required: nodeAt(body)['required'] === true, types: mediaTypes(at(body, 'content'), compile) },
    responses: new Map(
      entriesAt(at(operation, 'responses')).map(([status, response]) => [
        status.toUpperCase(),
        {
          types: mediaTypes(at(response, 'content'), compile),
          requiredHeaders: entriesAt(at(response, 'headers'))
            .filter(([, header]) => nodeAt(header)['required'] === true)
            .map(([name]) => name.toLowerCase()),
        },
      ]),
    ),
  }
}

/** What is said of answers with this status. */
export function responseFor({ responses }: Operation, status: number): DescribedResponse | undefined {
  return (
    responses.get(String(status)) ??
    responses.get(`${Math.floor(status / 100)}XX`) ??
    responses.get('DEFAULT')
  )
}
