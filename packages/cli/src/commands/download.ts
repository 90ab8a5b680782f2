import type { Command } from 'commander'
import type { DownloadOptions } from '../remote/download.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla download`: fetches a file. */
export function addDownload(program: Command): void {
  program
    .command('download <bitstream> [file]')
    .description('Fetch a file by its uuid or URL, and check its size and checksum.')
    .option('-o, --output <file>', 'where to write it (default: its name, here)')
    .option('--resume', 'go on with a download that was interrupted')
    .option('--force', 'replace a file that is there')
    .addHelpText('after', HELP)
    .action(
      async (bitstream: string, file: string | undefined, options: DownloadOptions, command: Command) => {
        const { download } = await import('../remote/download.ts')
        await download(terminalOf(command), bitstream, {
          ...options,
          ...(file !== undefined && { output: file }),
        })
      },
    )
}

const HELP = `
It is written to FILE.part first, which stays after an interruption for --resume.

Examples:
  hexapla download 2b1d0c9f-94f1-4b0e-8a3f-7f0f5f0a7e11
  hexapla download 2b1d0c9f-94f1-4b0e-8a3f-7f0f5f0a7e11 -o survey.zip --resume
`
