/* The task of the benchmark with @hexapla/rest. Tells its address by message. */
import {
  ArgumentHandler,
  Auth,
  bearerAuthentication,
  boolean,
  identityKey,
  integer,
  protect,
  RestHandler,
  RestServer,
  roleAuthorization,
} from '@hexapla/rest'
import { ISSUER, ROLES, SECRET } from './task.ts'

const listing = new ArgumentHandler('query')
  .add('name')
  .add('limit', { type: integer({ min: 1, max: 100 }), default: 20 })
  .add('is_citrus', { type: boolean(), default: false })

class Fruits extends RestHandler {
  override get() {
    const { name, limit, is_citrus } = listing.parseQuery(this.request)
    return { name, limit, is_citrus, subject: this.request.state.require(identityKey).subject }
  }
}

const server = new RestServer()
const validator = new Auth({ secret: SECRET, algorithm: 'HS512', issuer: ISSUER })
server.before(bearerAuthentication({ validator }))
server.addRoute('/fruits', protect(Fruits, { get: roleAuthorization({ roles: ROLES }) }))
const { url } = await server.startup({ address: '127.0.0.1', port: 0 })
process.send?.(url)
process.once('disconnect', () => process.exit())
