export { readEnvironment, type Environment } from './config/read-environment.ts'
