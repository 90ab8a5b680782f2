export { startTestServer, type TestServer } from './start-test-server.ts'
export { ADMINISTRATOR, createDatabase } from './template-database.ts'
