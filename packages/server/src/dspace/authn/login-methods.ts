/** The ways to sign in, as `WWW-Authenticate` lists them (RestContract authentication.md, "Login"). */
export const LOGIN_METHODS = 'password realm="DSpace REST API"'
