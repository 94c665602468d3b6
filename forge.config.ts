/** Packages and installers. `npm run package`, `npm run make`. */
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { ForgeConfig } from '@electron-forge/shared-types';
import { FuseV1Options, FuseVersion } from '@electron/fuses';

/** What the program needs at run time, besides its own build: packages that are not bundled, with what they load. */
const packedFolders = [
  '/.vite/build',
  '/dist/renderer',
  '/native/build/Release/lrlab.node',
  '/resources',
  '/node_modules/better-sqlite3',
  '/node_modules/@napi-rs',
  '/node_modules/@tensorflow',
];
/** Needed by @tensorflow/tfjs-core, -backend-cpu and -backend-wasm. */
const packedHelpers = ['seedrandom', 'long', 'node-fetch', 'whatwg-url', 'tr46', 'webidl-conversions', '@webgpu/types'];

function isPacked(file: string): boolean {
  if (file === '' || file === '/package.json') return true;
  if (file.endsWith('.map') || file.startsWith('/node_modules/@tensorflow/tfjs-node')) return false;
  const places = [...packedFolders, ...packedHelpers.map((name) => `/node_modules/${name}`)];
  return places.some((place) => file === place || file.startsWith(`${place}/`) || place.startsWith(`${file}/`));
}

const config: ForgeConfig = {
  packagerConfig: {
    name: 'Learning Rule Lab',
    executableName: 'learning-rule-lab',
    appBundleId: 'org.learningrulelab.app',
    icon: 'resources/icons/icon',
    asar: { unpack: '**/{*.node,*.wasm}' },
    prune: false,
    ignore: (file) => !isPacked(file),
    ...(process.env['ELECTRON_ZIP_DIR'] ? { electronZipDir: process.env['ELECTRON_ZIP_DIR'] } : {}),
  },
  // Node-API modules fit any Electron: nothing to rebuild, no headers to download
  rebuildConfig: { onlyModules: [] },
  makers: [
    { name: '@electron-forge/maker-zip', platforms: ['darwin', 'linux', 'win32'], config: {} },
    { name: '@electron-forge/maker-deb', platforms: ['linux'], config: { options: { categories: ['Science'] } } },
    {
      name: '@electron-forge/maker-rpm',
      platforms: ['linux'],
      config: { options: { categories: ['Science'], license: 'MIT' } },
    },
    { name: '@electron-forge/maker-dmg', platforms: ['darwin'], config: {} },
    { name: '@electron-forge/maker-squirrel', platforms: ['win32'], config: { name: 'learning_rule_lab' } },
  ],
  plugins: [
    {
      name: '@electron-forge/plugin-fuses',
      config: {
        version: FuseVersion.V1,
        [FuseV1Options.RunAsNode]: false,
        [FuseV1Options.EnableCookieEncryption]: true,
        [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
        [FuseV1Options.EnableNodeCliInspectArguments]: false,
        [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
        [FuseV1Options.OnlyLoadAppFromAsar]: true,
        [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
        [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
      },
    },
  ],
  hooks: {
    /** The pages, the main process and the native engine as `npm run build` makes them. */
    generateAssets: () => {
      const result = spawnSync(process.execPath, ['scripts/go.mjs', 'build'], { stdio: 'inherit' });
      if (result.status !== 0) throw new Error('npm run build failed');
      return Promise.resolve();
    },
    /** better-sqlite3 brings binaries for all platforms; one is enough. */
    packageAfterCopy: async (_config, folder, _electron, platform, arch) => {
      const prebuilds = path.join(folder, 'node_modules', 'better-sqlite3', 'prebuilds');
      const others = readdirSync(prebuilds).filter(
        (name) => !name.startsWith(`${platform}-${arch}`) && !name.includes(`${platform}-${arch}`),
      );
      await Promise.all(others.map((name) => rm(path.join(prebuilds, name), { recursive: true })));
    },
  },
};

export default config;
