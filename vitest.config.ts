import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // As in bin/securecart.ts: the SDK's advice to renew Node is not for who runs the tests.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    maxWorkers: 2,
    testTimeout: 60_000,
    reporters: ['default', './test/counting-reporter.ts'],
    projects: [
      {
        extends: true,
        // What is pure leaves nothing behind, so that its files share the modules that each would else load anew.
        test: { name: 'pure', include: ['src/**/*.test.ts', 'rules/**/*.test.ts'], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          globalSetup: './test/emulator/global-setup.ts',
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
