/*
 * Runs in a thread of its own, started by part-keeper.ts, where the calls for files simply block: the event loop hands each to
 * another thread and is woken for it, which for a small file costs several times what the calls do.
 */
import { hash } from 'node:crypto'
import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { type MessagePort, parentPort } from 'node:worker_threads'
import { hasErrorCode } from '../has-error-code.ts'
import type { Outcome, PartToKeep } from './part-keeper.ts'

/** Files that are open at the same time, to be synced one after the other when all are written: the first sync does most of it. */
const MOST_OPEN = 64

listen(parentPort)

function listen(port: MessagePort | null): void {
  port?.on('message', (parts: readonly PartToKeep[]) => port.postMessage(outcomeOf(parts)))
}

function outcomeOf(parts: readonly PartToKeep[]): Outcome {
  try {
    const missing: string[] = []
    const directories = new Set(parts.map(({ target }) => dirname(target)))
    for (let start = 0; start < parts.length; start += MOST_OPEN) {
      missing.push(...keepTogether(parts.slice(start, start + MOST_OPEN)))
    }
    for (const directory of directories) syncDirectory(directory)
    return { missing }
  } catch (error) {
    // Of an error that goes to another thread nothing but its message would be left.
    const { message, code } = error as NodeJS.ErrnoException
    return { message, code }
  }
}

/** @returns the digests of what is not there */
function keepTogether(parts: readonly PartToKeep[]): readonly string[] {
  const missing: string[] = []
  const written: { readonly part: PartToKeep; readonly file: number }[] = []
  try {
    for (const part of parts) {
      const bytes = readPart(part)
      if (bytes === undefined) missing.push(part.sha256)
      else written.push({ part, file: write(part.temporary, bytes) })
    }
    for (const { part, file } of written) {
      fdatasyncSync(file)
      // Over content with the same digest, if there is some: fresh bytes also heal a copy that went bad.
      renameSync(part.temporary, part.target)
    }
  } catch (error) {
    for (const { part } of written) rmSync(part.temporary, { force: true })
    throw error
  } finally {
    for (const { file } of written) closeSync(file)
  }
  return missing
}

/** Undefined where the file is gone, was cut short, or changed: what a crash left of bytes that were not synced was never committed. */
function readPart({ source, start, length, sha256 }: PartToKeep): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(length)
  let file: number
  try {
    file = openSync(source, 'r')
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
  try {
    const isWhole = readSync(file, bytes, 0, length, start) === length
    return isWhole && hash('sha256', bytes) === sha256 ? bytes : undefined
  } finally {
    closeSync(file)
  }
}

/** @returns the new file, still open */
function write(path: string, bytes: Buffer): number {
  const file = openSync(path, 'wx', 0o600)
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, done)
    return file
  } catch (error) {
    closeSync(file)
    rmSync(path, { force: true })
    throw error
  }
}

/** Makes the names in a directory durable. */
function syncDirectory(path: string): void {
  // Windows has no handles on directories to sync.
  if (process.platform === 'win32') return
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}
