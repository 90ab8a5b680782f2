export { ConfigError, parseConfig, type Config } from './config/config.ts'
export { readEnvironment, type Environment } from './config/read-environment.ts'
export { repositoryConfig, startServer, type HexaplaServer } from './start-server.ts'
