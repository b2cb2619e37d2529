/**
 * `npm run bench`: each figure beside a reference measured in the same run, since machines differ and ratios do not.
 * With `--json` an array of {name, value, unit, reference, ratio} and nothing else on stdout. `--only NAME,NAME` runs some.
 */
import { rmSync } from 'node:fs'
import { benchConflicts } from './conflicts.ts'
import { benchCrew, benchDocument, benchFacets, benchMatters } from './everyday.ts'
import { benchImportFile } from './import-file.ts'
import { missed, type Figures } from './measure.ts'
import { benchPlanning } from './planning.ts'
import { benchProposal } from './proposal.ts'
import { benchList, benchOpen, benchSearch } from './reads.ts'
import { benchSheet } from './sheet.ts'
import { benchStart } from './start.ts'
import { openProfile, temporaryFolder } from './world.ts'
import { benchCommand, benchImport } from './writes.ts'

const json = process.argv.includes('--json')
const only = process.argv.includes('--only') ? (process.argv[process.argv.indexOf('--only') + 1] ?? '').split(',') : null
const say = (text: string): void => {
  if (!json) process.stderr.write(`${text}\n`)
}

const wanted = (...names: string[]): boolean => only === null || names.some((name) => only.includes(name))

async function measureAll(folder: string): Promise<Figures[]> {
  const all: Figures[] = []
  const add = (...found: Figures[]): void => {
    for (const one of found) {
      all.push(one)
      say(line(one))
    }
  }
  if (wanted('command')) add(await benchCommand(folder))
  if (wanted('import')) add(await benchImport(folder))
  if (wanted('import_preview', 'import_file')) add(...(await benchImportFile(folder)))
  if (wanted('open_xl', 'list', 'list_facets', 'crew_page', 'matters', 'document_300', 'search', 'conflicts_full', 'conflicts_one', 'proposal')) {
    const { app, file, generatedMs } = await openProfile('XL', folder, say)
    if (generatedMs !== null) say(`XL made in ${(generatedMs / 1000).toFixed(1)} s`)
    if (wanted('list')) add(await benchList(app, file))
    if (wanted('list_facets')) add(await benchFacets(app, file))
    if (wanted('crew_page')) add(await benchCrew(app, file))
    if (wanted('matters')) add(await benchMatters(app, file))
    if (wanted('document_300')) add(await benchDocument(app))
    if (wanted('search')) add(await benchSearch(app, file))
    if (wanted('conflicts_full', 'conflicts_one')) add(...(await benchConflicts(app, file)))
    if (wanted('proposal')) add(await benchProposal(app, file))
    await app.close()
    if (wanted('open_xl')) add(await benchOpen(folder, file, 'bench-xl'))
  }
  if (wanted('planning_window', 'planning_check')) {
    const { app, file } = await openProfile('planning', folder, say)
    add(...(await benchPlanning(app, file)))
    await app.close()
  }
  if (wanted('call_sheet_150')) add(await benchSheet())
  if (wanted('cold_start')) add(await benchStart(folder))
  return all
}

function line(one: Figures): string {
  const promise = [one.target.ratio === undefined ? '' : `under ${one.target.ratio}x`, one.target.value === undefined ? '' : `under ${one.target.value} ${one.unit}`].filter(Boolean).join(', ')
  const cells = [one.name.padEnd(15), `${one.value} ${one.unit}`.padStart(12), `${one.reference} ${one.unit}`.padStart(12), `${one.ratio}x`.padStart(8), promise.padEnd(15), missed(one) ? 'MISSED' : '      ']
  return `${cells.join('  ')}  ${one.note}`
}

const folder = temporaryFolder()
try {
  say(`${'bench'.padEnd(15)}  ${'ours'.padStart(12)}  ${'reference'.padStart(12)}  ${'ratio'.padStart(8)}  promise`)
  const all = await measureAll(folder)
  if (json) process.stdout.write(`${JSON.stringify(all.map(({ name, value, unit, reference, ratio }) => ({ name, value, unit, reference, ratio })), null, 2)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
