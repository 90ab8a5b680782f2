import { randomUUID } from 'node:crypto'
import { startTestServer, type TestServer } from '@hexapla/testing'
import { expect } from 'vitest'
import { createPerson } from '../../dspace/raw-session.ts'
import {
  administratorClient,
  basic,
  islandoraClient,
  tokenOf,
  type Answer,
  type FormFields,
  type IslandoraClient,
} from '../islandora-client.ts'

export const JANE = { email: 'jane@example.org', password: 'a long enough passphrase' }

/** Dates of the document: `yyyy-MM-ddTHH:mm:ssZ`, with milliseconds in its examples. */
export const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string

/** “A message saying the request was invalid.” */
export const MESSAGE = { message: expect.stringMatching(/\S/) as string }

/** Who the document speaks of: somebody with every permission, a known user without any on these objects, anonymous users. */
export interface Stage {
  readonly server: TestServer
  readonly admin: IslandoraClient
  readonly known: IslandoraClient
  readonly anonymous: IslandoraClient
  /** Makes an object. @returns its pid */
  readonly newObject: (fields?: Readonly<Record<string, string>>) => Promise<string>
  /** Makes an object with a datastream OBJ. @returns the path of the datastream */
  readonly newDatastream: (fields?: FormFields) => Promise<string>
}

/** Starts a server for a chapter of the document. */
export async function startStage(settings: Record<string, string> = {}): Promise<Stage> {
  const server = await startTestServer(settings)
  const admin = accepting(await administratorClient(server))
  await createPerson(server.session(), JANE)
  const newObject: Stage['newObject'] = async (fields = {}) => {
    const { status, json } = await admin.form('POST', 'object', fields)
    expect(status).toBe(201)
    return (json as { pid: string }).pid
  }
  return {
    server,
    admin,
    known: accepting(islandoraClient(server, basic(JANE.email, await tokenOf(server, 'write', JANE)))),
    anonymous: accepting(islandoraClient(server)),
    newObject,
    async newDatastream(fields = {}) {
      const pid = await newObject()
      const form = { dsid: 'OBJ', file: textFile(), ...fields }
      expect((await admin.form('POST', `object/${pid}/datastream`, form)).status).toBe(201)
      return `object/${pid}/datastream/OBJ`
    },
  }
}

/** “Headers: Accept: application/json”, as every chapter has it. */
function accepting(client: IslandoraClient): IslandoraClient {
  const send: IslandoraClient['send'] = (method, path, init = {}) =>
    client.send(method, path, {
      ...init,
      headers: { accept: 'application/json', ...(init.headers as Record<string, string> | undefined) },
    })
  return {
    send,
    json: (method, path, body) =>
      send(method, path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    form(method, path, fields) {
      const body = new FormData()
      for (const [name, value] of Object.entries(fields)) body.append(name, value)
      return send(method, path, { body })
    },
  }
}

/** A file with a content that no other has. */
export function textFile(content = `content ${randomUUID()}`, name = 'note.txt', type = 'text/plain'): File {
  return new File([content], name, { type })
}

/** The status of an answer; with what it says where a failure has no message, or is the server's own. */
export function outcome({ status, text, json }: Answer): number | string {
  const isTold = typeof json === 'object' && json !== null && 'message' in json && json.message !== ''
  return status < 400 || (status < 500 && isTold) ? status : `${status} ${text}`
}

/** The status of an answer with “No response body”; with what it says where there is one. */
export function emptyOutcome({ status, text }: Answer): number | string {
  return text === '' ? status : `${status} ${text}`
}

/** What “an anonymous user” and “an authenticated user” are told who may not do something. */
export const DENIED = [401, 403]

/** The outcomes of a request of either. */
export async function outcomesOfDenied(
  { anonymous, known }: Stage,
  request: (client: IslandoraClient) => Promise<Answer>,
): Promise<readonly (number | string)[]> {
  return [outcome(await request(anonymous)), outcome(await request(known))]
}
