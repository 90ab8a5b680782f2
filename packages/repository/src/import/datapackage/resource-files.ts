import { posix } from 'node:path'
import { Readable } from 'node:stream'
import { isJsonArray } from '../../domain/patch/json-value.ts'
import type { JsonObject, JsonValue } from '../../domain/patch/json-value.ts'
import { ImportError } from '../import-error.ts'
import type { ImportFile } from '../import-item.ts'
import { joinPath } from '../tree/file-tree.ts'
import type { FileTree, TreeFile } from '../tree/file-tree.ts'
import { text } from './descriptor.ts'
import { isUrl } from './resource-metadata.ts'
import { verifyContent } from './verify-content.ts'

/**
 * The files of a Data Resource: its data in `ORIGINAL`, and its schema as `schema.json` in `METADATA`.
 *
 * @param base folder of the descriptor
 * @param key name of inline data, which have no file name
 * @throws ImportError
 */
export async function resourceFiles(
  tree: FileTree,
  base: string,
  resource: JsonObject,
  key: string,
): Promise<readonly ImportFile[]> {
  const path = Object.hasOwn(resource, 'path') ? resource['path'] : undefined
  const data = Object.hasOwn(resource, 'data') ? resource['data'] : undefined
  if ((path === undefined) === (data === undefined)) {
    throw new ImportError('IMPORT_ITEM_FAULTY', 'a resource has either a path or data')
  }
  const files =
    data === undefined
      ? await filesAt(tree, base, resource, pathsOf(path))
      : [
          file(
            inlineName(key, resource, data),
            inlineContent(data),
            text(resource, 'mediatype') ?? inlineType(data),
          ),
        ]
  const schema = await readSchema(tree, base, resource)
  return schema === undefined
    ? files
    : [...files, { ...file('schema.json', schema, JSON_TYPE), bundle: 'METADATA' }]
}

const JSON_TYPE = 'application/json'

async function filesAt(
  tree: FileTree,
  base: string,
  resource: JsonObject,
  paths: readonly string[],
): Promise<readonly ImportFile[]> {
  const bytes = resource['bytes']
  const files: ImportFile[] = []
  for (const path of paths) {
    const found = await findFile(tree, base, path)
    // Size and digest are those of a file: with several, the standard does not say of which.
    const expected =
      paths.length === 1
        ? { bytes: typeof bytes === 'number' ? bytes : null, hash: text(resource, 'hash') }
        : NOTHING
    const name = paths.length === 1 ? posix.basename(path) : path
    files.push(file(name, verifyContent(found, path, expected), text(resource, 'mediatype')))
  }
  return files
}

const NOTHING = { bytes: null, hash: null }

function pathsOf(path: JsonValue | undefined): readonly string[] {
  const paths = path !== undefined && isJsonArray(path) ? path : [path]
  const texts = paths.filter((entry) => typeof entry === 'string').map(withoutDot)
  if (texts.length === paths.length && texts.length > 0 && new Set(texts).size === texts.length) return texts
  throw new ImportError('IMPORT_ITEM_FAULTY', 'the path of a resource is a text or a list of different ones')
}

/**
 * Paths are relative to the descriptor (Data Resource, "path"). vega-datasets publishes one beside the folder `data`
 * in which its files lie: that folder is asked second.
 */
async function findFile(tree: FileTree, base: string, path: string): Promise<TreeFile> {
  if (isUrl(path)) throw new ImportError('IMPORT_ITEM_FAULTY', `${path} is not fetched`, { file: path })
  if (path.includes('\\'))
    throw new ImportError('IMPORT_ITEM_FAULTY', `${path} is no path of POSIX`, { file: path })
  const relative = withoutDot(path)
  const found =
    (await tree.file(joinPath(base, relative))) ?? (await tree.file(joinPath(base, `data/${relative}`)))
  if (found === undefined)
    throw new ImportError('IMPORT_FILE_UNREADABLE', `${path} is missing`, { file: path })
  return found
}

/** `./a.csv` and `a.csv` are the same file. */
function withoutDot(path: string): string {
  return path.replace(/^(?:\.\/)+/, '')
}

async function readSchema(tree: FileTree, base: string, resource: JsonObject): Promise<TreeFile | undefined> {
  const schema = Object.hasOwn(resource, 'schema') ? resource['schema'] : undefined
  if (schema === undefined || schema === null) return undefined
  // A reference to a schema elsewhere is kept as it is; one in the package is kept with what it leads to.
  if (typeof schema === 'string' && !isUrl(schema)) return findFile(tree, base, schema)
  return fileOfText(`${JSON.stringify(schema, null, 2)}\n`)
}

function file(name: string, { size, open }: TreeFile, mimetype: string | null): ImportFile {
  return {
    name,
    bundle: 'ORIGINAL',
    description: null,
    mimetype,
    metadata: {},
    permissions: [],
    primary: false,
    size,
    open,
  }
}

/** Inline text with a format (CSV …) is data of that format; anything else is JSON (Data Resource, "data"). */
function inlineName(key: string, resource: JsonObject, data: JsonValue): string {
  const format = text(resource, 'format')
  const extension = typeof data === 'string' && format !== null && /^\w+$/.test(format) ? format : 'json'
  return `${key.replaceAll(/[^\w.-]/g, '_')}.${extension}`
}

function inlineContent(data: JsonValue): TreeFile {
  return fileOfText(typeof data === 'string' ? data : `${JSON.stringify(data, null, 2)}\n`)
}

function inlineType(data: JsonValue): string | null {
  return typeof data === 'string' ? null : JSON_TYPE
}

function fileOfText(content: string): TreeFile {
  const bytes = Buffer.from(content)
  return { size: bytes.length, open: () => Promise.resolve(Readable.from([bytes], { objectMode: false })) }
}
