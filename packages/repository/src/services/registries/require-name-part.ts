import { invalid } from '../../domain/errors.ts'

/**
 * Refuses what cannot be part of a field's full name, where dots separate the parts (RestContract metadataschemas.md and
 * metadatafields.md, "422").
 *
 * @throws DomainError `INVALID` with the field
 */
export function requireNamePart(text: string, part: 'prefix' | 'element' | 'qualifier'): void {
  const longest = part === 'prefix' ? 32 : 64
  if (text === '' || text.length > longest || /[.,\s]/.test(text)) {
    throw invalid(`The ${part} has 1 to ${longest} characters, no dots, commas or spaces`, part)
  }
}
