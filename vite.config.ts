import { cpSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const nodeModules = new Set(builtinModules)
/** Also a relative path of the sources must not bring these in: the renderer runs in a sandbox, and asks the core for everything else. */
const hostOnly = /^(electron|better-sqlite3|kysely|pg|pdfmake)(\/|$)/

/** Fails the build as soon as the page would carry anything of Node, Electron or the database. */
function nothingOfNode(): Plugin {
  return {
    name: 'callboard-nothing-of-node',
    enforce: 'pre',
    resolveId(source, importer) {
      const isNode = source.startsWith('node:') || nodeModules.has(source)
      const fromPackage = importer?.includes('node_modules') === true
      // Packages written for both worlds guard their `require('fs')`; Vite gives them an empty module. Our own code has no such excuse.
      if ((isNode && !fromPackage) || hostOnly.test(source)) {
        throw new Error(`The renderer may not import '${source}' (in ${importer ?? 'its entry'}).`)
      }
      return null
    },
  }
}

/** The older Electron of the tests (Chromium 114) lacks this one function that pdfjs and its worker use; what is shipped has it. */
function forOlderChromium(): Plugin {
  const prelude =
    'Promise.withResolvers ??= () => { let resolve, reject; const promise = new Promise((...both) => ([resolve, reject] = both)); return { promise, resolve, reject } };\n'
  return {
    name: 'callboard-older-chromium',
    apply: () => process.env['ELECTRON_OVERRIDE_DIST_PATH'] !== undefined,
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type === 'chunk') part.code = prelude + part.code
        else if (/\.m?js$/.test(part.fileName)) part.source = prelude + (typeof part.source === 'string' ? part.source : new TextDecoder().decode(part.source))
      }
    },
  }
}

const renderer: UserConfig = {
  root: here('./renderer'),
  base: '/',
  plugins: [nothingOfNode(), react(), forOlderChromium()],
  build: {
    outDir: here('./dist/renderer'),
    emptyOutDir: true,
    // Also the oldest Chromium in which the shell is tested; nothing newer is needed.
    target: 'chrome114',
    // Strict content policy: no inlined file, no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    sourcemap: false,
  },
}

/** One CommonJS file for a process with Node: Electron's main, its preload, the worker thread of the core, those that work beside it. */
function host(entry: string, name: string, { external = [], banner = '' }: { external?: (string | RegExp)[]; banner?: string } = {}): UserConfig {
  return {
    build: {
      ssr: entry,
      outDir: here('./dist/electron'),
      emptyOutDir: false,
      target: 'node18',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        external: ['electron', 'better-sqlite3', /^node:/, ...builtinModules, ...external],
        output: { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false, banner },
      },
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  }
}

const olderRuntime = (): string => readFileSync(here('./main/launch/older-runtime.cjs'), 'utf8')

/** Files that the core reads while it runs, at the same places beside dist/electron as beside their sources. */
function filesBesideTheBundle(): Plugin {
  const profile = 'sRGB_IEC61966_2_1.icc'
  return {
    name: 'callboard-files',
    writeBundle() {
      cpSync(here('./shared/documents/fonts'), here('./dist/fonts'), { recursive: true })
      // The colour profile of PDF/A, which pdfkit reads beside itself.
      cpSync(here(`./node_modules/pdfkit/js/data/${profile}`), here(`./dist/electron/data/${profile}`))
    },
  }
}

export default defineConfig(({ mode }) => {
  switch (mode) {
    case 'main':
      return host(here('./main/electron/main.ts'), 'main')
    case 'preload':
      return host(here('./main/electron/preload.ts'), 'preload')
    case 'core-worker':
      return { ...host(here('./main/host/worker.ts'), 'core-worker', { external: [/^pg(-native)?$/], banner: olderRuntime() }), plugins: [filesBesideTheBundle()] }
    case 'upkeep-thread':
    case 'printing-thread':
      return host(here(`./main/threads/${mode.replace('-thread', '')}.ts`), mode, { external: [/^pg(-native)?$/], banner: olderRuntime() })
    default:
      return renderer
  }
})
