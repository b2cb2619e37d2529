/** Says which tests passed only when tried again, and leaves their names where `npm test` counts them (`CALLBOARD_AGAIN_FILE`). */
import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

export default class AgainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const again = modules.flatMap((module) => [...module.children.allTests()].filter((test) => test.diagnostic()?.flaky).map(({ fullName }) => `${module.relativeModuleId} > ${fullName}`))
    for (const name of again) console.log(`passed only when tried again: ${name}`)
    const file = process.env['CALLBOARD_AGAIN_FILE']
    if (file !== undefined) writeFileSync(file, JSON.stringify(again))
  }
}
