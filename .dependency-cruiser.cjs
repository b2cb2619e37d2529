// The arrows of docs/architecture.md. kernel <- domain <- core, store <- sync, documents <- main, sync-server.
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    only('no-circular', 'Two files that need each other are one file.', {}, { circular: true }),
    only(
      'no-orphans',
      'A file nobody uses is removed.',
      {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '^[^/]+\\.config\\.(ts|js)$',
          '^\\.dependency-cruiser\\.cjs$',
          // Entries: started by a person, by npm or by Electron.
          '^main/(launch|cli)/[^/]+\\.(mjs|cjs)$',
          '^sync-server/cli/[^/]+\\.mjs$',
          '^main/electron/(main|preload)\\.ts$',
          '^main/host/worker\\.ts$',
          '^test/',
        ],
      },
      {},
    ),
    only('kernel-knows-nothing', 'kernel has no domain word in it.', { path: '^shared/kernel/' }, { path: '^(shared/(?!kernel/)|main/|renderer/|sync-server/)' }),
    only('domain-on-kernel', 'domain imports kernel only.', { path: '^shared/domain/' }, { path: '^(shared/(?!kernel/|domain/)|main/|renderer/|sync-server/)' }),
    only(
      'core-on-domain',
      'core imports kernel, domain, the store and what a printer is; only the handlers whose question or answer is a file import documents.',
      { path: '^shared/core/', pathNot: '^shared/core/(sheet-documents|slip-handlers|list-documents|message-handlers|contract-handlers|contract-template-handlers|document-handlers|calendar-file-handlers|person-file-handlers|import-[a-z-]+)\\.ts$' },
      { path: '^(shared/(?!kernel/|domain/|core/|store/|sync/|documents/printing\\.ts$)|main/|renderer/|sync-server/)' },
    ),
    only('documents-know-the-domain-only', 'documents are made from read models.', { path: '^shared/documents/' }, { path: '^shared/(core|store|sync)/' }),
    only('store-on-domain', 'store imports kernel, domain and core.', { path: '^shared/store/' }, { path: '^(shared/(?!kernel/|domain/|core/|store/|sync/)|main/|renderer/|sync-server/)' }),
    only('shared-has-no-host', 'The core runs unchanged in every host.', { path: '^shared/' }, { path: '^(main/|renderer/|sync-server/|test/)' }),
    only(
      'renderer-asks-only',
      'The renderer imports kernel and the types of operations and models.',
      { path: '^renderer/' },
      { path: '^(main/|sync-server/|shared/(core|store|sync|documents)/|shared/domain/.*(handlers|rules)\\.ts$)' },
    ),
    only('hosts-have-no-page', 'Hosts serve the built renderer; they never import it.', { path: '^(main|sync-server)/' }, { path: '^renderer/' }),
    only('server-on-shared', 'The server is shared and itself; only its launcher asks main which Node runs it.', { path: '^sync-server/', pathNot: '^sync-server/cli/[^/]+\\.mjs$' }, { path: '^(main|renderer)/' }),
    only('hosts-apart', 'The two hosts share main/host and main/bridge only.', { path: '^main/web/' }, { path: '^main/electron/' }),
    only('electron-only-in-the-shell', 'Only main/electron imports electron.', { pathNot: '^(main/electron/|test/e2e/)' }, { path: '(^|/)node_modules/electron/|^electron$' }),
    only(
      'database-only-in-the-store',
      'Only shared/store imports the database.',
      { pathNot: '^(shared/store/|test/)' },
      { path: '(^|/)node_modules/(better-sqlite3|pg|kysely|@types/(pg|better-sqlite3))/' },
    ),
    only(
      'no-node-in-the-renderer',
      'The renderer runs without Node; to-css.ts is the program that writes the tokens as CSS.',
      { path: '^renderer/', pathNot: '^renderer/tokens/to-css\\.ts$' },
      { dependencyTypes: ['core'] },
    ),
    only('production-needs-no-test', 'Nothing that is shipped imports a test.', { path: '^(main|shared|renderer|sync-server)/' }, { path: '^test/' }),
    only('resolvable', 'Every import exists.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release|coverage)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types'] },
  },
}
