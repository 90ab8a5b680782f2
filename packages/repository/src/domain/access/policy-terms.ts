import { isDay, dayOf } from '../clock.ts'
import { invalid } from '../errors.ts'
import { ACTIONS, type Action, type PolicyOrigin, type ResourcePolicy } from './policy.ts'

/** What a policy says, but for what it is on and whom it names. */
export type PolicyTerms = Omit<ResourcePolicy, 'id' | 'resourceId' | 'personId' | 'groupId'>

/** The terms as clients write them (RestContract resourcepolicies.md, "Single Resource Policy"). */
type PolicyTermsDocument = Readonly<
  Record<'name' | 'description' | 'policyType' | 'action' | 'startDate' | 'endDate', string | null>
>

const TYPES: Readonly<Record<PolicyOrigin, string>> = {
  inherited: 'TYPE_INHERITED',
  custom: 'TYPE_CUSTOM',
  submission: 'TYPE_SUBMISSION',
  workflow: 'TYPE_WORKFLOW',
  owner: 'TYPE_CUSTOM',
}
const ORIGINS = Object.keys(TYPES) as readonly PolicyOrigin[]

export function termsDocument(terms: PolicyTerms): PolicyTermsDocument {
  return {
    name: terms.name,
    description: terms.description,
    policyType: TYPES[terms.origin],
    action: terms.action,
    startDate: terms.startDate,
    endDate: terms.endDate,
  }
}

/**
 * Reads the terms that a client sends; other properties are ignored. Without a type a policy is a custom one.
 *
 * @throws DomainError `INVALID` with `field`
 */
export function parseTerms(document: Readonly<Record<string, unknown>>): PolicyTerms {
  const text = (field: keyof PolicyTermsDocument): string | null => {
    const value = document[field] ?? null
    if (value !== null && typeof value !== 'string') throw invalid(`${field} must be text`, field)
    return value
  }
  const terms = {
    name: text('name'),
    description: text('description'),
    origin: parseOrigin(text('policyType') ?? TYPES.custom),
    action: parseAction(text('action')),
    startDate: parseDay(text('startDate'), 'startDate'),
    endDate: parseDay(text('endDate'), 'endDate'),
  }
  requirePeriod(terms)
  return terms
}

/**
 * Refuses a period with an end that is no day of the calendar, and one that ends before it begins.
 *
 * @throws DomainError `INVALID` with `field`
 */
export function requirePeriod(period: Pick<PolicyTerms, 'startDate' | 'endDate'>): void {
  for (const field of ['startDate', 'endDate'] as const) {
    const day = period[field]
    if (day !== null && !isDay(day)) throw invalid(`${day} is no day (YYYY-MM-DD)`, field)
  }
  const { startDate, endDate } = period
  // ISO days compare as text.
  if (startDate !== null && endDate !== null && startDate > endDate) {
    throw invalid(`The period ends on ${endDate}, before it begins on ${startDate}`, 'endDate')
  }
}

function parseOrigin(type: string): PolicyOrigin {
  const origin = ORIGINS.find((candidate) => TYPES[candidate] === type)
  if (origin === undefined) {
    throw invalid(`policyType must be one of ${Object.values(TYPES).join(', ')}`, 'policyType')
  }
  return origin
}

function parseAction(name: string | null): Action {
  const action = ACTIONS.find((candidate) => candidate === name)
  if (action === undefined) throw invalid(`action must be one of ${ACTIONS.join(', ')}`, 'action')
  return action
}

/** Forms of the web UI send the first moment of a day in UTC. */
function parseDay(text: string | null, field: 'startDate' | 'endDate'): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}T/.test(text)) return text
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) throw invalid(`${text} is no moment of a day`, field)
  return dayOf(moment)
}
