const BUNDLES: Readonly<Record<string, string>> = { OBJ: 'ORIGINAL', TN: 'THUMBNAIL', FULL_TEXT: 'TEXT' }

/** The bundle that a new datastream comes to lie in. */
export function bundleOfDsid(dsid: string): string {
  return BUNDLES[dsid] ?? 'ORIGINAL'
}
