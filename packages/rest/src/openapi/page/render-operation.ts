import type {
  Content,
  OpenApiDocument,
  OperationObject,
  ParameterObject,
  Reference,
  ResponseObject,
} from '../description/document.ts'
import { html, type Html } from './html.ts'
import { renderProperties, renderSchema } from './render-schema.ts'

/** An operation and where it is. */
export interface PlacedOperation {
  readonly verb: string
  readonly path: string
  readonly operation: OperationObject
}

/** One operation, folded; the parameters of a GET are fields of a form that asks the service. */
export function renderOperation({ verb, path, operation }: PlacedOperation, document: OpenApiDocument): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation
  const canTry = verb === 'get'
  const fields = html`${parameters.length > 0 && parameterTable(parameters, canTry)}
  ${canTry && html`<p class="try"><button type="submit">Send</button></p>`}`
  return html`<details class="operation" id="${operationId}">
    <summary>
      <span class="verb ${verb}">${verb}</span>
      <code class="path">${breakable(path)}</code>
      <span class="summary">${summary}${operation.deprecated === true && ' (deprecated)'}</span>
    </summary>
    <div class="inside">
      ${description?.split('\n\n').map((paragraph) => html`<p>${paragraph}</p>`)}
      ${security(operation, document)}
      ${canTry ? html`<form class="request" data-path="${path}">${fields}<output></output></form>` : fields}
      ${
        requestBody &&
        html`<h4>Body${requestBody.required === true && html`<span class="needed"> required</span>`}</h4>
          ${requestBody.description && html`<p>${requestBody.description}</p>`}${content(requestBody.content)}`
      }
      <h4>Answers</h4>
      <table>
        ${Object.entries(responses).map(([status, response]) => answer(status, resolve(response, document)))}
      </table>
    </div>
  </details>`
}

function parameterTable(parameters: readonly ParameterObject[], canTry: boolean): Html {
  return html`<table class="parameters">
    ${parameters.map(
      (parameter) =>
        html`<tr>
          <th scope="row">
            <code>${parameter.name}</code>
            <small
              >${parameter.in}${parameter.required === true && html`<span class="needed"> required</span>`}</small
            >
          </th>
          <td>
            ${renderSchema(parameter.schema ?? Object.values(parameter.content ?? {})[0]?.schema ?? {})}
            ${parameter.description && html`<br />${parameter.description}`}
          </td>
          ${canTry && html`<td>${field(parameter)}</td>`}
        </tr>`,
    )}
  </table>`
}

/** Headers and cookies are not asked for: a page must not set most of them. */
function field(parameter: ParameterObject): Html | undefined {
  const { name, required } = parameter
  if (parameter.in !== 'path' && parameter.in !== 'query') return undefined
  return html`<input
    name="${name}"
    data-in="${parameter.in}"
    aria-label="${name}"
    autocomplete="off"
    spellcheck="false"
    ${required === true && 'required'}
  />`
}

function content(types: Content): Html {
  return html`${Object.entries(types).map(
    ([type, { schema }]) =>
      html`<p><code>${type}</code></p>
        ${schema && renderProperties(schema)}`,
  )}`
}

function answer(status: string, { description, content: types = {} }: ResponseObject): Html {
  const [first] = Object.entries(types)
  return html`<tr>
    <th scope="row">${status === 'default' ? 'otherwise' : status}</th>
    <td>${description}${first?.[1].schema && html`: ${renderSchema(first[1].schema)}`}</td>
    <td>${first && html`<code>${first[0]}</code>`}</td>
  </tr>`
}

function security({ security: own }: OperationObject, document: OpenApiDocument): Html | undefined {
  const requirements = own ?? document.security ?? []
  if (requirements.length === 0) return undefined
  const names = requirements.map((requirement) => Object.keys(requirement).join(' and '))
  const isNeeded = !names.includes('')
  const list = names.filter((name) => name !== '').join(' or ')
  return html`<p class="security">${isNeeded ? 'Sign in by' : 'Open; one may sign in by'} ${list}.</p>`
}

function resolve(response: ResponseObject | Reference, { components }: OpenApiDocument): ResponseObject {
  if (!('$ref' in response)) return response
  return components.responses[response.$ref.split('/').at(-1) ?? ''] ?? { description: '' }
}

/** Long paths may break after a slash. */
function breakable(path: string): Html {
  return html`${path.split('/').map((part, index) => html`${index > 0 && html`/<wbr />`}${part}`)}`
}
