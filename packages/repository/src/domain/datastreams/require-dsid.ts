import { conflict, invalid } from '../errors.ts'
import { isVirtualDsid } from './virtual-dsids.ts'

// Fedora 3's datastream identifiers: an XML NCName of at most 64 characters; here of ASCII letters.
const DSID = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/

/**
 * Refuses what cannot be the name of a file.
 *
 * @throws DomainError `INVALID` with `field: 'dsid'`, `CONFLICT` for one that is there already in every object
 */
export function requireDsid(dsid: string): void {
  if (!DSID.test(dsid)) throw invalid(`The dsid ${dsid} is not an XML name of at most 64 characters`, 'dsid')
  if (isVirtualDsid(dsid)) throw conflict(`Every object has a ${dsid}`, 'dsid')
}
