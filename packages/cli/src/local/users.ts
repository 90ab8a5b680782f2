import { randomBytes } from 'node:crypto'
import {
  ADMINISTRATOR_GROUP,
  metadataValue,
  SYSTEM_ACTOR,
  type Metadata,
  type Person,
  type Repository,
} from '@hexapla/repository'
import { CommandError, usageError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'
import { interruptible } from '../interruption.ts'
import type { LocalOptions } from './local-options.ts'
import { listEverybody } from './list-everybody.ts'
import { withRepository } from './with-repository.ts'
import { ask, readLineOfInput } from '../terminal/ask.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** How a password is chosen. */
export interface PasswordOptions extends LocalOptions {
  readonly passwordStdin?: boolean
  readonly randomPassword?: boolean
}

/** What a new account is. */
export interface AddOptions extends PasswordOptions {
  readonly firstName?: string
  readonly lastName?: string
  readonly admin?: boolean
}

/** Makes an account and tells of it. */
export function addUser(terminal: Terminal, email: string, options: AddOptions): Promise<void> {
  return interruptible(async (signal) => {
    const { password, told } = await choosePassword(options, signal)
    const person = await withRepository(terminal, options, async ({ useCases }) => {
      const metadata = nameMetadata(options)
      const made = await useCases.people.create(SYSTEM_ACTOR, { email, password, metadata })
      if (options.admin === true) {
        await useCases.groups.addMembers(SYSTEM_ACTOR, { groupId: ADMINISTRATOR_GROUP, personIds: [made.id] })
      }
      return made
    })
    tell(terminal, 'made', person, told)
  })
}

/** Lists all accounts. */
export function listUsers(terminal: Terminal, options: LocalOptions): Promise<void> {
  return withRepository(terminal, options, async ({ useCases }) => {
    for await (const person of listEverybody(useCases)) {
      const name = nameOf(person)
      const state = person.canLogIn ? '' : '  (may not log in)'
      terminal.print(
        terminal.json
          ? JSON.stringify({ uuid: person.id, email: person.email, name, canLogIn: person.canLogIn })
          : `${person.id}  ${person.email}${name === '' ? '' : `  ${name}`}${state}`,
      )
    }
  })
}

/** Changes an account's password. */
export function setPassword(terminal: Terminal, email: string, options: PasswordOptions): Promise<void> {
  return interruptible(async (signal) => {
    const { password, told } = await choosePassword(options, signal)
    const person = await withRepository(terminal, options, async (repository) => {
      const known = await find(repository, email)
      return repository.useCases.people.patch(SYSTEM_ACTOR, {
        id: known.id,
        patch: [{ op: 'add', path: ['password'], value: { new_password: password } }],
        expected: 'any',
      })
    })
    tell(terminal, 'password changed of', person, told)
  })
}

/** Deletes an account. */
export function deleteUser(terminal: Terminal, email: string, options: LocalOptions): Promise<void> {
  return withRepository(terminal, options, async (repository) => {
    const person = await find(repository, email)
    await repository.useCases.people.delete(SYSTEM_ACTOR, { id: person.id, expected: 'any' })
    tell(terminal, 'deleted', person)
  })
}

async function find({ useCases }: Repository, email: string): Promise<Person> {
  const person = await useCases.people.find(SYSTEM_ACTOR, { email })
  if (person !== undefined) return person
  throw new CommandError('NOT_FOUND', `nobody has the address ${email}`, EXIT.NOT_FOUND)
}

/** @returns the password, and the same as `told` where it has to be told because nobody knows it yet */
async function choosePassword(
  { passwordStdin, randomPassword }: PasswordOptions,
  signal: AbortSignal,
): Promise<{ password: string; told?: string }> {
  if (passwordStdin === true && randomPassword === true) {
    throw usageError('--password-stdin and --random-password exclude each other')
  }
  if (passwordStdin === true) return { password: await readLineOfInput() }
  if (randomPassword === true) {
    const password = randomBytes(18).toString('base64url')
    return { password, told: password }
  }
  const otherwise = 'use --password-stdin or --random-password'
  const password = await ask('password: ', { secret: true, otherwise, signal })
  const again = await ask('once more: ', { secret: true, otherwise, signal })
  if (password !== again) throw usageError('The two passwords differ')
  return { password }
}

function nameMetadata({ firstName, lastName }: AddOptions): Metadata {
  return {
    ...(firstName === undefined ? {} : { 'eperson.firstname': [metadataValue(firstName)] }),
    ...(lastName === undefined ? {} : { 'eperson.lastname': [metadataValue(lastName)] }),
  }
}

function nameOf({ metadata }: Person): string {
  return ['eperson.firstname', 'eperson.lastname']
    .flatMap((field) => metadata[field]?.[0]?.value ?? [])
    .join(' ')
}

function tell(terminal: Terminal, deed: string, { id, email }: Person, password?: string): void {
  const shown = password === undefined ? '' : `, password: ${password}`
  terminal.print(
    terminal.json
      ? JSON.stringify({ uuid: id, email, ...(password !== undefined && { password }) })
      : `${deed} ${email}${shown}`,
  )
}
