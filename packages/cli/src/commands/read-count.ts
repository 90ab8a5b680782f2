import { usageError } from '../command-error.ts'

/** Reads a whole number of an option. @throws CommandError `USAGE` outside of the bounds */
export function readCount(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const count = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
    if (count >= least && count <= most) return count
    const bounds = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`
    throw usageError(`"${text}" is no number ${bounds}`)
  }
}
