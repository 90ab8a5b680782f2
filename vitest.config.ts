import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const packages = fileURLToPath(new URL('packages', import.meta.url))

export default defineConfig({
  // What a package names for itself (`#…`) is taken from its sources, too.
  ssr: { resolve: { conditions: ['@hexapla/source', 'node', 'development|production'] } },
  resolve: {
    // Workspaces are tested from their sources, without a build before.
    alias: [
      { find: /^@hexapla\/([a-z]+)\/([a-z-]+)$/, replacement: `${packages}/$1/src/$2.ts` },
      { find: /^@hexapla\/([a-z]+)$/, replacement: `${packages}/$1/src/index.ts` },
    ],
  },
  test: {
    globalSetup: ['packages/testing/src/global-setup.ts'],
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    // Long enough that only what hangs meets them, however busy the machine is.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000, interval: 5 } },
    maxWorkers: 2,
  },
})
