import type { DatasetPlace } from '../../domain/datasets/dataset-store.ts'
import { invalid } from '../../domain/errors.ts'

/** A place as callers keep it. */
export function writeCursor({ startMs, recordId }: DatasetPlace): string {
  return Buffer.from(`${startMs ?? ''} ${recordId}`).toString('base64url')
}

/** @throws DomainError `INVALID` with `field` for what {@link writeCursor} never wrote */
export function readCursor(cursor: string): DatasetPlace {
  const [, start, recordId] = WRITTEN.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  if (start === undefined || recordId === undefined) throw invalid('This cursor is none', 'cursor')
  return { startMs: start === '' ? null : Number(start), recordId }
}

const WRITTEN = /^(-?\d{1,16}|) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
