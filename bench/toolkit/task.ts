/** What all three servers are given to do. */
export const SECRET = 'a secret of the benchmark, which is as long as HS512 wants it to be: 64 bytes'
export const ISSUER = 'bench'
export const ROLES = ['read', 'write']
