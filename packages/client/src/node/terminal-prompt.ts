import type { DeviceInstructions } from '../openid/device-grant.ts'
import { deviceBox } from '../openid/device-box.ts'

/**
 * Prints the instructions of a device login in a box that fits the terminal, and 80 columns where there is none.
 *
 * @param stream where to; standard error without it, so that the output of a program stays what it is
 */
export function terminalPrompt(
  stream: NodeJS.WritableStream & { readonly columns?: number } = process.stderr,
): (instructions: DeviceInstructions) => void {
  return (instructions) => {
    stream.write(deviceBox(instructions, stream.columns))
  }
}
