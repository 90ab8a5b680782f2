/** Code of a {@link ClientError}; stable, meant to be compared. */
export type ClientErrorCode =
  | 'endpoint_invalid'
  | 'endpoint_moved'
  | 'url_invalid'
  | 'url_foreign'
  | 'credentials_missing'
  | 'login_required'
  | 'login_refused'
  | 'login_failed'
  | 'state_invalid'
  | 'http_error'
  | 'network_error'
  | 'timeout'
  | 'body_invalid'
  | 'body_not_replayable'
  | 'page_invalid'
  | 'options_invalid'
  | 'arguments_invalid'
  | 'answer_invalid'
  | 'client_closed'
  | 'operation_unsupported'
  | 'environment_invalid'
  | 'netrc_invalid'
  | 'netrc_unsafe'
  | 'file_unsupported'
  | 'provider_unavailable'
  | 'provider_invalid'
  | 'oauth_refused'
  | 'device_unsupported'
  | 'device_denied'
  | 'device_expired'
  | 'registration_unsupported'
  | 'size_mismatch'
  | 'checksum_mismatch'

/** Base of every error that this package throws itself. An abort rejects with the signal's own reason instead. */
export class ClientError extends Error {
  /** What went wrong, stable across versions. */
  readonly code: ClientErrorCode

  constructor(code: ClientErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}

/** The endpoint or a URL is unusable: `endpoint_invalid`, `endpoint_moved`, `url_invalid` or `url_foreign`. */
export class EndpointError extends ClientError {
  /** The URL that was refused. */
  readonly url: string

  constructor(
    code: 'endpoint_invalid' | 'endpoint_moved' | 'url_invalid' | 'url_foreign',
    message: string,
    url: string,
    options?: ErrorOptions,
  ) {
    super(code, message, options)
    this.url = url
  }
}

/**
 * No session could be had: `credentials_missing` (refused before any request), `login_required` (the stored token
 * ended and there is no password), `login_refused` (401 or 403) or `login_failed` (any other answer).
 */
export class LoginError extends ClientError {
  /** Status of the server's answer, where there was one. */
  readonly status: number | undefined
  /** `WWW-Authenticate` of the answer: the ways in that the server offers. */
  readonly challenge: string | undefined

  constructor(
    code: 'credentials_missing' | 'login_required' | 'login_refused' | 'login_failed',
    message: string,
    answer: { readonly status?: number; readonly challenge?: string } = {},
    options?: ErrorOptions,
  ) {
    super(code, message, options)
    this.status = answer.status
    this.challenge = answer.challenge
  }
}

/** The server answered with a status that the caller does not accept; code `http_error`. */
export class HttpError extends ClientError {
  readonly status: number
  readonly method: string
  readonly url: string
  /** The error document, parsed when it is JSON, else its text; `undefined` when there was none. */
  readonly body: unknown
  /** The server's own id of the request, from `X-Request-Id` or DSpace's `X-Correlation-Id`. */
  readonly requestId: string | undefined
  /** Headers of the answer, such as `WWW-Authenticate` or `Retry-After`. */
  readonly headers: Headers

  constructor(
    message: string,
    answer: {
      readonly status: number
      readonly method: string
      readonly url: string
      readonly body: unknown
      readonly requestId: string | undefined
      readonly headers: Headers
    },
  ) {
    super('http_error', message)
    this.status = answer.status
    this.method = answer.method
    this.url = answer.url
    this.body = answer.body
    this.requestId = answer.requestId
    this.headers = answer.headers
  }
}

/** No complete answer came: refused or broken connection, unknown host, faulty TLS; code `network_error`. */
export class NetworkError extends ClientError {
  readonly method: string
  readonly url: string

  constructor(message: string, request: { readonly method: string; readonly url: string }, cause: unknown) {
    super('network_error', message, { cause })
    this.method = request.method
    this.url = request.url
  }
}

/** The connection was silent for longer than `timeoutMs`; code `timeout`. */
export class TimeoutError extends ClientError {
  readonly method: string
  readonly url: string
  readonly timeoutMs: number

  constructor(request: { readonly method: string; readonly url: string }, timeoutMs: number) {
    super('timeout', `${request.method} ${request.url} was silent for ${timeoutMs} ms`)
    this.method = request.method
    this.url = request.url
    this.timeoutMs = timeoutMs
  }
}

/** The server answered 2xx with something that is no JSON; code `answer_invalid`. */
export class AnswerError extends ClientError {
  readonly method: string
  readonly url: string
  /** The start of the faulty document, or line. */
  readonly text: string
  /** Number of the faulty line of a stream, from 1. */
  readonly line: number | undefined

  constructor(
    request: { readonly method: string; readonly url: string },
    faulty: { readonly text: string; readonly line?: number },
    cause: unknown,
  ) {
    const place = faulty.line === undefined ? '' : ` in line ${faulty.line}`
    super('answer_invalid', `${request.method} ${request.url} answered no JSON${place}`, { cause })
    this.method = request.method
    this.url = request.url
    this.text = faulty.text
    this.line = faulty.line
  }
}

/** Settings of a service are missing or of a wrong type; code `environment_invalid`. */
export class EnvironmentError extends ClientError {
  /** What is wrong, with the name of the setting, a sentence each. */
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super('environment_invalid', faults.join('; '))
    this.faults = faults
  }
}
