import type { Command } from 'commander'
import type { UploadOptions } from '../remote/upload.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla upload`: sends files into an item. */
export function addUpload(program: Command): void {
  program
    .command('upload <file...>')
    .description('Send files into a bundle, or into a bundle of an item, which is made if need be.')
    .option('--bundle <uuid>', 'the bundle')
    .option('--item <uuid>', 'the item')
    .option('--bundle-name <name>', 'the bundle of the item', 'ORIGINAL')
    .option('--description <text>', 'what the files are')
    .addHelpText('after', HELP)
    .action(async (files: string[], options: UploadOptions, command: Command) => {
      const { upload } = await import('../remote/upload.ts')
      await upload(terminalOf(command), files, options)
    })
}

const HELP = `
Examples:
  hexapla upload survey.zip --item 6f1c0d5e-2e43-4c0b-93c1-6d4e4b1c0f11
  hexapla upload licence.txt --item 6f1c0d5e-2e43-4c0b-93c1-6d4e4b1c0f11 --bundle-name LICENSE
  hexapla upload *.csv --bundle d3e1a2c4-52a1-4f6a-8a3b-1f6f6c1f2b77 --description 'Raw data' --json
`
