/** Names of the datastreams that every object has and that are not files: they are its metadata and relationships. */
export const VIRTUAL_DSIDS = ['DC', 'RELS-EXT'] as const

/** One of {@link VIRTUAL_DSIDS}. */
export type VirtualDsid = (typeof VIRTUAL_DSIDS)[number]

/** Whether a datastream of this name is no file. */
export function isVirtualDsid(dsid: string): dsid is VirtualDsid {
  return VIRTUAL_DSIDS.some((one) => one === dsid)
}
