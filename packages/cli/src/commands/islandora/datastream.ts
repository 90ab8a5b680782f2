import { Option, type Command } from 'commander'
import type { GetOptions } from '../../remote/islandora/get-datastream.ts'
import type { PutOptions } from '../../remote/islandora/put-datastream.ts'
import { terminalOf } from '../../terminal/terminal-of.ts'
import { readCount } from '../read-count.ts'

/** `hexapla islandora datastream`. */
export function addDatastream(islandora: Command): void {
  const datastream = islandora
    .command('datastream')
    .description('datastreams of objects')
    .addHelpText('after', HELP)
  datastream
    .command('list <pid>')
    .description('list the datastreams of an object')
    .action(async (pid: string, _options: object, command: Command) =>
      (await datastreams()).listDatastreams(terminalOf(command), pid),
    )
  datastream
    .command('info <pid> <dsid>')
    .description('read the properties of a datastream')
    .action(async (pid: string, dsid: string, _options: object, command: Command) =>
      (await datastreams()).showDatastream(terminalOf(command), { pid, dsid }),
    )
  datastream
    .command('versions <pid> <dsid>')
    .description('list former contents, newest first')
    .action(async (pid: string, dsid: string, _options: object, command: Command) =>
      (await datastreams()).listVersions(terminalOf(command), { pid, dsid }),
    )
  addGet(datastream)
  addPut(datastream)
  datastream
    .command('delete <pid> <dsid>')
    .description('delete a datastream, or one of its former contents')
    .option('--at <date>', 'the content of this date, as versions tells it')
    .action(async (pid: string, dsid: string, options: { at?: string }, command: Command) =>
      (await datastreams()).deleteDatastream(terminalOf(command), { pid, dsid }, options),
    )
  datastream
    .command('token <pid> <dsid>')
    .description('make a token with which anybody fetches the content')
    .option('--uses <number>', 'how often it serves', readCount(1), 1)
    .action(async (pid: string, dsid: string, options: { uses: number }, command: Command) =>
      (await datastreams()).createDatastreamToken(terminalOf(command), { pid, dsid }, options),
    )
}

function addGet(datastream: Command): void {
  datastream
    .command('get <pid> <dsid>')
    .description('fetch a content, and check its size and checksum')
    .option('-o, --output <file>', 'where to write it (default: standard output, unchecked)')
    .option('--at <date>', 'the content of this date, as versions tells it')
    .option('--resume', 'go on with a download that was interrupted')
    .option('--force', 'replace a file that is there')
    .action(async (pid: string, dsid: string, options: GetOptions, command: Command) => {
      const { getDatastream } = await import('../../remote/islandora/get-datastream.ts')
      await getDatastream(terminalOf(command), { pid, dsid }, options)
    })
}

function addPut(datastream: Command): void {
  datastream
    .command('put <pid> <dsid> [file]')
    .description('make a datastream of a file or of standard input (-), or change the one that there is')
    .option('--label <text>', 'what it is called')
    .addOption(new Option('--state <state>', 'active, inactive, deleted').choices(['A', 'I', 'D']))
    .option('--mime-type <media type>', 'what the file is (default: guessed by the site)')
    .addOption(
      new Option('--checksum-type <type>', 'how the checksum is made').choices([
        'DISABLED',
        'MD5',
        'SHA-1',
        'SHA-256',
        'SHA-384',
        'SHA-512',
      ]),
    )
    .addOption(
      new Option(
        '--control-group <group>',
        'of a new one: inline XML, managed, fetched from its address, redirected to it',
      ).choices(['X', 'M', 'E', 'R']),
    )
    .option('--url <url>', 'where the content is, in place of a file, with the groups E and R')
    .option('--versionable', 'keep former contents from now on')
    .option('--no-versionable', 'keep no former contents')
    .action(
      async (pid: string, dsid: string, file: string | undefined, options: PutOptions, command: Command) => {
        const { putDatastream } = await import('../../remote/islandora/put-datastream.ts')
        await putDatastream(terminalOf(command), { pid, dsid, file, options })
      },
    )
}

const HELP = `
Examples:
  hexapla islandora datastream put islandora:5 OBJ map.tif --checksum-type SHA-256
  hexapla islandora datastream put islandora:5 OBJ --label 'The coast, 1870'
  hexapla islandora datastream put islandora:5 FILM --control-group R --url https://films.example.org/coast
  xsltproc mods.xsl record.xml | hexapla islandora datastream put islandora:5 MODS - --mime-type text/xml
  hexapla islandora datastream get islandora:5 OBJ -o map.tif --resume
  hexapla islandora datastream get islandora:5 MODS | xmllint --format -
  hexapla islandora datastream versions islandora:5 OBJ
  hexapla islandora datastream get islandora:5 OBJ --at 2026-03-01T10:00:00.000Z -o former.tif
`

const datastreams = () => import('../../remote/islandora/datastreams.ts')
