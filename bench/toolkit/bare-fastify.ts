/* The task of the benchmark with Fastify and jose alone; /nothing answers without doing any of it. Tells its address by message. */
import { fastify } from 'fastify'
import { jwtVerify } from 'jose'
import { ISSUER, ROLES, SECRET } from './task.ts'

interface Listing {
  readonly name: string
  readonly limit: number
  readonly is_citrus: boolean
}

const server = fastify()
// Imported once, which jose does anew for each token that is verified with bytes.
const algorithm = { name: 'HMAC', hash: 'SHA-512' }
const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(SECRET), algorithm, false, [
  'verify',
])
const querystring = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    is_citrus: { type: 'boolean', default: false },
  },
}

server.route<{ Querystring: Listing }>({
  method: 'GET',
  url: '/fruits',
  schema: { querystring },
  async handler(request, reply) {
    const token = /^bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) return reply.code(401).send({ error: 'authentication failed' })
    const options = { algorithms: ['HS512'], issuer: ISSUER }
    const claims = await jwtVerify<{ role?: string }>(token, key, options).then(
      ({ payload }) => payload,
      () => undefined,
    )
    if (claims === undefined) return reply.code(401).send({ error: 'authentication failed' })
    if (!ROLES.includes(claims.role ?? '')) return reply.code(403).send({ error: 'authorization failed' })
    const { name, limit, is_citrus } = request.query
    return { name, limit, is_citrus, subject: claims.sub }
  },
})
server.get('/nothing', async () => ({ name: 'apple', limit: 20, is_citrus: true, subject: 'ada' }))
process.send?.(await server.listen({ host: '127.0.0.1', port: 0 }))
process.once('disconnect', () => process.exit())
