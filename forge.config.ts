/** Packages and installers. `npm run package`, `npm run make`. */
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { ForgeConfig } from '@electron-forge/shared-types';
import { FuseV1Options, FuseVersion } from '@electron/fuses';

/** What the program needs at run time besides its own build: packages that are not bundled, with what they load. */
const packed = [
  '/package.json',
  '/LICENSE',
  '/.vite/build',
  '/dist/renderer',
  '/native/build/Release/lrlab.node',
  '/native/build/cuda/lrlab_cuda.so', // where it was built
  '/native/build/cuda/lrlab_cuda.dll',
  '/resources',
  '/node_modules/@napi-rs', // canvas, which measures the text of reports' figures, with its binary
  ...inPackage('better-sqlite3', 'package.json', 'LICENSE', 'lib', 'prebuilds'),
  ...inPackage('@tensorflow/tfjs-core', 'package.json', 'dist/tf-core.node.js'),
  ...inPackage('@tensorflow/tfjs-backend-cpu', 'package.json', 'dist/tf-backend-cpu.node.js'),
  ...inPackage(
    '@tensorflow/tfjs-backend-wasm',
    'package.json',
    'dist/tf-backend-wasm.node.js',
    'dist/tfjs-backend-wasm.wasm',
    'dist/tfjs-backend-wasm-simd.wasm',
    'dist/tfjs-backend-wasm-threaded-simd.wasm',
  ),
  // what @tensorflow/tfjs-core and its backends ask for
  ...['long', 'node-fetch', 'seedrandom', 'tr46', 'webidl-conversions', 'whatwg-url'].map((n) => `/node_modules/${n}`),
];

function inPackage(name: string, ...files: string[]): string[] {
  return files.map((file) => `/node_modules/${name}/${file}`);
}

/** file: from the project's folder on, with a leading slash; folders on the way to something packed count too. */
function isPacked(file: string): boolean {
  if (file === '') return true;
  if (/\.map$|\.d\.ts$|\/\.[^/]*$|\/coverage$/.test(file) && file !== '/.vite') return false;
  return packed.some((place) => file === place || file.startsWith(`${place}/`) || place.startsWith(`${file}/`));
}

const config: ForgeConfig = {
  outDir: process.env['PACKAGE_FOLDER'] ?? 'out',
  packagerConfig: {
    name: 'Learning Rule Lab',
    executableName: 'learning-rule-lab',
    appBundleId: 'org.learningrulelab.app',
    icon: 'resources/icons/icon', // each system takes its own ending
    asar: { unpack: '**/{*.node,*.so,*.dll,*.wasm,*.npz}' }, // what native code or plain file calls open
    prune: false,
    ignore: (file) => !isPacked(file),
    ...(process.env['ELECTRON_ZIP_DIR'] ? { electronZipDir: process.env['ELECTRON_ZIP_DIR'] } : {}),
  },
  // Node-API modules fit any Electron: nothing to rebuild, no headers to download
  rebuildConfig: { onlyModules: [] },
  makers: [
    { name: '@electron-forge/maker-zip', platforms: ['darwin', 'linux', 'win32'], config: {} },
    {
      name: '@electron-forge/maker-deb',
      platforms: ['linux'],
      config: { options: { categories: ['Science'], icon: 'resources/icons/icon.png' } },
    },
    {
      name: '@electron-forge/maker-rpm',
      platforms: ['linux'],
      config: { options: { categories: ['Science'], license: 'MIT', icon: 'resources/icons/icon.png' } },
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
