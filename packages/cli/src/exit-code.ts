/** How the command ends; `docs/cli.md` explains each code. Stable: programs read them. */
export const EXIT = {
  OK: 0,
  FAILURE: 1,
  USAGE: 2,
  REFUSED: 3,
  NOT_FOUND: 4,
  DATA_IN_USE: 5,
  PARTLY_DONE: 6,
  CANNOT_LISTEN: 7,
  UNREACHABLE: 8,
  INTERRUPTED: 130,
  TERMINATED: 143,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
