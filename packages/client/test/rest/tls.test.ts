import { createServer } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { generate } from 'selfsigned'
import { beforeAll, describe, expect, test } from 'vitest'
import { RestClient } from '../../src/index.ts'
import { tlsFetch } from '../../src/node.ts'
import { collect, json, startServer, type Answer } from './json-server.ts'

interface Certificate {
  readonly cert: string
  readonly key: string
}

const makeCertificate = async (name: string, ca?: Certificate): Promise<Certificate> => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions:
      ca === undefined
        ? [
            { name: 'basicConstraints', cA: true, critical: true },
            { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
          ]
        : [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    ...(ca && { ca }),
  })
  return { cert, key }
}

let ca: Certificate
let otherCa: Certificate
let ofServer: Certificate
let ofClient: Certificate
let forged: Certificate
beforeAll(async () => {
  ca = await makeCertificate('An authority')
  otherCa = await makeCertificate('Another authority')
  ofServer = await makeCertificate('127.0.0.1', ca)
  ofClient = await makeCertificate('ada', ca)
  forged = await makeCertificate('ada', otherCa)
})

/** Tells the name in the client's certificate. */
const who: Answer = (res, { body }) => {
  const name = (res.socket as TLSSocket).getPeerCertificate().subject?.CN
  return json(res, 200, { name: name ?? null, body })
}

const startTls = async (options: { readonly requestCert?: boolean } = {}) => {
  const server = await startServer(who, (listener) =>
    createServer({ ...ofServer, ca: ca.cert, ...options, rejectUnauthorized: true }, listener),
  )
  return { ...server, url: server.url.replace('http:', 'https:') }
}

describe('an authority of one’s own', () => {
  test('is believed', async () => {
    await using server = await startTls()
    await using fetch = tlsFetch({ ca: [otherCa.cert, ca.cert] })
    const client = new RestClient(server.url, { fetch, token: 'x' })
    expect(await client.request('POST', '/', { a: 1 })).toEqual({ name: null, body: '{"a":1}' })
    expect(server.requests[0]?.headers.authorization).toBe('Bearer x')
    const documents = await collect(client.requestStream('GET', '/'))
    expect(documents).toEqual([{ name: null, body: '' }])
  })

  test('that is another one is not, nor are those of the system', async () => {
    await using server = await startTls()
    await using fetch = tlsFetch({ ca: otherCa.cert })
    for (const options of [{ fetch }, {}]) {
      const client = new RestClient(server.url, { ...options, retries: 1, backoffFactorMs: 0 })
      await expect(client.request('GET', '/')).rejects.toMatchObject({ code: 'network_error' })
    }
    expect(server.requests).toEqual([])
  })
})

describe('a client certificate', () => {
  test('is shown', async () => {
    await using server = await startTls({ requestCert: true })
    await using fetch = tlsFetch({ ca: ca.cert, clientCertificate: ofClient })
    expect(await new RestClient(server.url, { fetch }).request('GET', '/')).toMatchObject({ name: 'ada' })
  })

  test('that is missing or forged is refused', async () => {
    await using server = await startTls({ requestCert: true })
    for (const certificate of [{}, { clientCertificate: forged }]) {
      await using fetch = tlsFetch({ ca: ca.cert, ...certificate })
      const client = new RestClient(server.url, { fetch, retries: 0 })
      await expect(client.request('GET', '/')).rejects.toMatchObject({ code: 'network_error' })
    }
    expect(server.requests).toEqual([])
  })

  test('that is none is told at once', () => {
    expect(() => tlsFetch({ ca: ca.cert, clientCertificate: { cert: 'no PEM', key: 'nor this' } })).toThrow(
      Error,
    )
  })
})

test('forms go out as forms', async () => {
  await using server = await startServer((res, { headers, body }) =>
    json(res, 200, [headers['content-type'], body]),
  )
  await using fetch = tlsFetch({})
  const form = new FormData()
  form.set('file', new Blob(['content'], { type: 'text/plain' }), 'a.txt')
  const response = await fetch(server.url, { method: 'POST', body: form })
  const [type, body] = (await response.json()) as [string, string]
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(type)?.[1] ?? 'none'
  expect(body).toContain(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"`)
})
