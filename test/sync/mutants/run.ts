/** `npm run test:mutants [-- --runs N --seed S --only words]`: every mutant of the algorithm must be caught by a law. */
import { parseArgs } from 'node:util'
import { hunt, type Caught } from './catching.ts'
import { mutants } from './list.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '1500' }, seed: { type: 'string', default: '1' }, only: { type: 'string', default: '' } } })
const asked = mutants.filter(({ name }) => name.includes(values.only))
const waiting = [...asked]
const done: Caught[] = []
async function hunter(): Promise<void> {
  for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
    const caught = await hunt(mutant, { runs: Number(values.runs), seed: Number(values.seed) })
    done.push(caught)
    console.log(`${caught.seed === null ? 'SURVIVED' : 'caught  '}  ${mutant.name} (${mutant.rule})${caught.seed === null ? '' : `: seed ${caught.seed}, ${caught.law}`}, ${caught.seconds.toFixed(1)} s`)
  }
}
await Promise.all([hunter(), hunter()])
const survived = done.filter(({ seed }) => seed === null)
console.log(`${done.length - survived.length} of ${done.length} caught`)
process.exitCode = survived.length === 0 && done.length > 0 ? 0 : 1
