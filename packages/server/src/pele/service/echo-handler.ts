import { HttpError, type ResourceDescription } from '@hexapla/rest'
import { PeleHandler } from '../http/pele-handler.ts'

/** `GET /test/echo` (document 001, "login to get API token"): says what it is told. */
export class EchoHandler extends PeleHandler {
  static readonly api: ResourceDescription = {
    tags: ['test'],
    get: {
      summary: 'Echo.',
      parameters: [{ name: 'echo_str', in: 'query', required: true, schema: { type: 'string' } }],
      responses: {
        200: {
          schema: {
            type: 'object',
            properties: { success: { type: 'boolean' }, message: { type: 'string' } },
          },
        },
      },
      failures: [400, 401, 429],
    },
  }

  override get(): unknown {
    const message = this.request.query.get('echo_str')
    if (message === null) throw new HttpError(400, 'argument-missing', 'Missing echo_str parameter.')
    return { success: true, message }
  }
}
