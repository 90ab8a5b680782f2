import { DeviceGrantAuth, type DeviceGrantOptions } from '../openid/device-grant-auth.ts'
import { refreshTokenFile } from './refresh-token-file.ts'
import { terminalPrompt } from './terminal-prompt.ts'

/** Options of {@link SavedDeviceGrantAuth}. */
export interface SavedDeviceGrantOptions extends Omit<DeviceGrantOptions, 'store' | 'prompt'> {
  /** File of the refresh token; made, with its directory, when it is not there. */
  readonly filename: string
  /** Prints to standard error, unless told otherwise. */
  readonly prompt?: DeviceGrantOptions['prompt']
}

/**
 * A {@link DeviceGrantAuth} that keeps its refresh token in a file that the user alone can read, so that the person is
 * asked only once: when there is no token, and when the provider refuses it. Any number of processes may share the file;
 * while one waits for a person to log in, the others wait for that.
 *
 * @example
 * const api = new SavedDeviceGrantAuth('https://api.example.org', {
 *   provider: 'https://login.example.org/realms/main',
 *   clientId: 'command-line',
 *   filename: join(homedir(), '.config/command-line/token'),
 * })
 * await api.request('GET', '/me')
 */
export class SavedDeviceGrantAuth extends DeviceGrantAuth {
  /** @throws {EndpointError} `endpoint_invalid` @throws {ClientError} `options_invalid` */
  constructor(address: string, options: SavedDeviceGrantOptions) {
    const { prompt = terminalPrompt() } = options
    super(address, { ...options, prompt, store: refreshTokenFile(options.filename) })
  }
}
