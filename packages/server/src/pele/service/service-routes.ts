import { ApiPageHandler, OpenApiHandler, publishApi, type RestServer } from '@hexapla/rest'
import { isCall, PELE_API } from '../pele-address.ts'
import { EchoHandler } from './echo-handler.ts'
import { RedirectHandler } from './redirect-handler.ts'

const DESCRIPTION = `REST API for HySDS Datasets, answered by a Hexapla repository.

Register with an e-mail address and a password, verify the address with the code that comes by mail, log in with both \
(HTTP Basic), and send the token that you get in the header X-API-KEY.`

const ERROR = {
  type: 'object',
  properties: {
    success: { type: 'boolean' },
    message: { type: 'string' },
    authenticated: { type: 'boolean' },
    errors: { type: 'object', additionalProperties: { type: 'string' } },
    reference: { type: 'string' },
  },
  required: ['success', 'message'],
}

/** The echo, and what the API is, for programs and for people. */
export function addServiceRoutes(
  server: RestServer,
  { publicUrl, version }: { publicUrl: () => string; version: string },
): void {
  const page = `${PELE_API}/`
  server.addRoute(`${PELE_API}/test/echo`, EchoHandler)
  const published = publishApi(() =>
    server.openapi({
      info: { title: 'Pele REST API', version, description: DESCRIPTION },
      servers: [{ url: publicUrl() }],
      tags: [
        { name: 'default', description: 'Registration and tokens' },
        { name: 'test', description: 'test operations' },
        { name: 'pele', description: 'pele operations' },
      ],
      securitySchemes: {
        apikey: { type: 'apiKey', in: 'header', name: 'X-API-KEY' },
        basic: { type: 'http', scheme: 'basic' },
      },
      schemas: { Error: ERROR },
      security: [{ apikey: [] }],
      includes: (path) => isCall(path),
    }),
  )
  server.addRoute(`${PELE_API}/swagger.json`, OpenApiHandler, { deps: published })
  server.addRoute(page, ApiPageHandler, { deps: published })
  for (const path of [PELE_API, '/pele', '/pele/']) {
    server.addRoute(path, RedirectHandler, { deps: { location: () => publicUrl() + page } })
  }
}
