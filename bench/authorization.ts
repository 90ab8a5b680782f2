import { DSpaceSession } from '@hexapla/client'
import { ACCOUNT } from '../interop/process/server-process.ts'
import type { Stage } from './stage.ts'

/** The administrator's `Authorization` header. */
export async function authorization({ server }: Stage): Promise<string> {
  const session = await DSpaceSession.login(server.endpoint, ACCOUNT)
  const token = session.state().auth?.token
  if (token === undefined) throw new Error('The session holds no token')
  return `Bearer ${token}`
}
