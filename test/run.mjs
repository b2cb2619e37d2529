// `npm test`: installs what the tests need, runs all of them, and closes with one line of counts. Runs on any Node from 20 on.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPackages } from '../main/launch/install.mjs'
import { assertSystemNode, projectFolder, projectNode, run } from '../main/launch/runtime.mjs'
import { installSystemPackages } from './system-packages.mjs'

const resultsFolder = join(projectFolder, 'test-results')
const inPackages = (path) => join(projectFolder, 'node_modules', path)
const totals = { passed: 0, failed: 0, skipped: 0, again: 0 }
const times = []
/** Named once more at the very end: of a long log the end is what is read. */
const named = []

function count(result) {
  totals.passed += result.passed
  totals.failed += result.failed
  totals.skipped += result.skipped
  totals.again += result.again ?? 0
}

async function stage(name, work) {
  console.log(`\n== ${name}`)
  const started = performance.now()
  const ok = await work()
  times.push(`${name} ${((performance.now() - started) / 1000).toFixed(1)} s${ok ? '' : ' FAILED'}`)
  return ok
}

/** A stage that either passes or fails as a whole. */
async function check(name, command, args) {
  return stage(name, async () => {
    const ok = (await run(command, args)) === 0
    count({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })
    return ok
  })
}

/** A stage that counts its own tests in a JSON file. A runner that fails without a failed test (it could not start) counts as one. */
async function suite(name, command, args, options, reportFile, read) {
  return stage(name, async () => {
    rmSync(reportFile, { force: true })
    const code = await run(command, args, options)
    const result = existsSync(reportFile) ? read(JSON.parse(readFileSync(reportFile, 'utf8'))) : { passed: 0, failed: 0, skipped: 0 }
    if (code !== 0 && result.failed === 0) result.failed = 1
    count(result)
    named.push(...(result.named ?? []))
    return result.failed === 0
  })
}

const fromVitest = (report) => ({
  passed: report.numPassedTests,
  failed: Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0),
  skipped: report.numPendingTests + report.numTodoTests,
  named: report.testResults.flatMap(namedIn),
})

const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')
const firstLines = (text) => text.replaceAll(colours, '').split('\n').filter((line) => line.trim() !== '').slice(0, 6).join('\n    ')

/** What failed or was left out in one file of tests; a file can fail by itself, in what it does before and after its tests. */
function namedIn({ name, status, message, assertionResults }) {
  const file = name.slice(projectFolder.length + 1)
  const tests = assertionResults.filter((one) => one.status !== 'passed')
  const ofFile = status === 'failed' && !tests.some((one) => one.status === 'failed') ? [`failed: ${file}\n    ${firstLines(message ?? '')}`] : []
  return [...ofFile, ...tests.map((one) => `${one.status}: ${file} > ${one.fullName}${one.failureMessages.length > 0 ? `\n    ${firstLines(one.failureMessages[0])}` : ''}`)]
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
const namedByPlaywright = ({ suites }) =>
  suites.flatMap(specsOf).flatMap(({ file, title, tests }) => tests.flatMap(({ status }) => (status === 'unexpected' || status === 'skipped' ? [`${status === 'skipped' ? 'skipped' : 'failed'}: ${file} > ${title}`] : [])))

const fromPlaywright = ({ stats, errors, ...report }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected + errors.length,
  skipped: stats.skipped,
  again: stats.flaky,
  named: namedByPlaywright(report),
})

/** Under a virtual screen where there is no real one. */
function withScreen(command, args) {
  if (process.platform !== 'linux' || process.env.DISPLAY) return [command, args]
  return ['xvfb-run', ['-a', command, ...args]]
}

function hasTests(folder) {
  const path = join(projectFolder, 'test', folder)
  return existsSync(path) && readdirSync(path, { recursive: true }).some((name) => /\.(test|spec)\.tsx?$/.test(String(name)))
}

async function playwright(node, name, project) {
  const reportFile = join(resultsFolder, `${project}.json`)
  const [command, args] = withScreen(node, [
    inPackages('@playwright/test/cli.js'),
    'test',
    '-c',
    join(projectFolder, 'test', 'e2e', 'playwright.config.ts'),
    '--project',
    project,
    '--reporter=list,json',
  ])
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile }
  await suite(name, command, args, { env }, reportFile, fromPlaywright)
}

function playwrightBrowser(node) {
  if (existsSync('/usr/bin/chromium') || process.env.CALLBOARD_CHROMIUM) return
  spawnSync(node, [inPackages('@playwright/test/cli.js'), 'install', 'chromium'], { cwd: projectFolder, stdio: 'inherit' })
}

assertSystemNode()
// A log is read without a terminal's colours.
if (!process.stdout.isTTY) process.env.NO_COLOR ??= '1'
// Every program that a test starts is compiled once, not at each start: a third of the start of a host.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'callboard-compiled')
const started = performance.now()
const installed = await stage('install', async () => installSystemPackages() && (await installPackages()))
if (!installed) {
  console.log('0 passed, 1 failed, 0 skipped')
  process.exit(1)
}
const node = projectNode()
mkdirSync(resultsFolder, { recursive: true })

await check('lint', node, [join(projectFolder, 'main', 'launch', 'lint.mjs')])
await check('typecheck', node, [inPackages('typescript7/bin/tsc'), '--noEmit', '-p', join(projectFolder, 'tsconfig.json')])
const built = await check('build', node, [join(projectFolder, 'main', 'launch', 'build.mjs')])

for (const folder of ['unit', 'integration', 'sync']) {
  if (!hasTests(folder)) continue
  const reportFile = join(resultsFolder, `${folder}.json`)
  const againFile = join(resultsFolder, `${folder}-again.json`)
  rmSync(againFile, { force: true })
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${reportFile}`, `--reporter=${join(projectFolder, 'test', 'again-reporter.ts')}`]
  const env = { ...process.env, CALLBOARD_AGAIN_FILE: againFile }
  const again = () => (existsSync(againFile) ? JSON.parse(readFileSync(againFile, 'utf8')).length : 0)
  await suite(folder, node, [inPackages('vitest/vitest.mjs'), 'run', ...reporters, `test/${folder}/`], { env }, reportFile, (report) => ({ ...fromVitest(report), again: again() }))
}

if (built) {
  playwrightBrowser(node)
  await playwright(node, 'end to end in a browser', 'browser')
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    await playwright(node, 'end to end in Electron', 'electron')
    if (await check('package', node, [join(projectFolder, 'main', 'launch', 'package.mjs'), '--dir'])) await playwright(node, 'packaged app', 'packaged')
  } else {
    console.log('\n== end to end in Electron: left out (ELECTRON_OVERRIDE_DIST_PATH names no runtime)')
  }
}

console.log(`\n${times.join('\n')}\ntotal ${((performance.now() - started) / 1000).toFixed(1)} s`)
for (const line of named) console.log(line)
if (totals.again > 0) console.log(`${totals.again} passed only when tried again`)
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exit(totals.failed > 0 ? 1 : 0)
