/** Who may know whom. The same rules stand in docs/decisions; `npm run check` holds them. */
const outside = (folders) => `^(?!(${folders.join('|')})/)(app|components|domain|server|tests)/`

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'every-import-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'domain-knows-nothing',
      comment:
        'domain/ is pure: only itself and zod; in the folder of the note schema also yjs and the ProseMirror model',
      severity: 'error',
      from: { path: '^domain/', pathNot: '^domain/note/' },
      to: { pathNot: ['^domain/', '^node_modules/zod/'] },
    },
    {
      name: 'note-schema-knows-yjs-and-prosemirror',
      severity: 'error',
      from: { path: '^domain/note/' },
      to: { pathNot: ['^domain/', '^node_modules/(zod|yjs|@tiptap/pm|prosemirror-model)/'] },
    },
    {
      name: 'components-know-domain',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: outside(['components', 'domain']) },
    },
    {
      name: 'app-knows-the-accessor',
      comment: 'pages reach the server through server/accessor.ts alone',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: outside(['app', 'components', 'domain']), pathNot: '^server/accessor\\.ts$' },
    },
    { name: 'nothing-knows-app', severity: 'error', from: { pathNot: '^app/' }, to: { path: '^app/' } },
    {
      name: 'server-knows-domain',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: outside(['server', 'domain']) },
    },
    {
      name: 'only-db-speaks-prisma',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/db/' },
      to: { path: ['^server/db/generated/', '^node_modules/@prisma/'] },
    },
    {
      name: 'sync-without-next',
      severity: 'error',
      from: { path: '^server/sync/' },
      to: { path: '^node_modules/next/' },
    },
    {
      name: 'production-without-tests',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['server/db/generated/internal', '\\.css$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
}
