/** The two names of a record beside its uuid. */
export interface Identifiers {
  /** `prefix/suffix` */
  readonly handle: string
  /** `namespace:name` */
  readonly pid: string
}

/** Gives out names that were never given before; what the caller brings is kept. */
export interface IdentifierStore {
  /**
   * @param wanted names that the caller brings
   * @throws DomainError `CONFLICT` when a wanted one is taken
   */
  assign(wanted?: Partial<Identifiers>): Promise<Identifiers>
  /** The same for several records; no name is given twice among them. */
  assignMany(wanted: readonly Partial<Identifiers>[]): Promise<readonly Identifiers[]>
}

/** Gives out pids of namespaces other than the repository's own. */
export interface PidNumbers {
  /** The next pid of a namespace that nobody has. It is given once, whatever becomes of it. */
  next(namespace: string): Promise<string>
}

/** What a repository calls its records. */
export interface NamingConfig {
  /** Prefix of the handles given out, e.g. `123456789`. */
  readonly handlePrefix: string
  /** What stands before a handle in `dc.identifier.uri`, e.g. `https://hdl.handle.net/`. */
  readonly handleResolver: string
  /** Namespace of the pids given out, e.g. `hexapla`. */
  readonly pidNamespace: string
}
