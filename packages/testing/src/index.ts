export { startTestServer, type TestServer } from './start-test-server.ts'
export { buildersFor } from './builders.ts'
export { createDatabase } from './create-database.ts'
export { ADMINISTRATOR } from './template-database.ts'
