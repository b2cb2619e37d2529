/**
 * Numbers that only an authority gives, as this computer knows them: a restored server is told of them, so that none is given twice (sync
 * rule 31). Of a row that leaves the view its number is kept, and nothing else (rule 22b').
 */
import type { Id } from '../../kernel/ids.ts'
import type { Engine } from '../../store/engine.ts'
import { allShadows, eachRow, keepNumber, keptNumbers } from '../../store/replica-store.ts'
import { numberedFields, numbersOn, type GivenNumber, type Numbered } from '../numbered.ts'

const MOST_NUMBERS = 5000

/** On the server's rows: what an unsettled command foresees is no number yet. */
async function* numbersHere(engine: Engine, org: Id): AsyncGenerator<GivenNumber> {
  const all = numberedFields()
  for (const entity of new Set(all.map((one) => one.entity))) {
    const fields: Numbered[] = all.filter((one) => one.entity === entity)
    const beneath = new Map((await allShadows(engine, org, entity.name)).map(({ id, row }) => [id as string, row]))
    for await (const row of eachRow(engine, org, entity)) {
      const known = beneath.get(String(row['id']))
      const said = known === undefined ? row : known
      if (said !== null) yield* numbersOn(entity, said, fields)
    }
  }
}

/** Before a view is filled anew. */
export async function keepNumbers(engine: Engine, org: Id): Promise<void> {
  const found: GivenNumber[] = []
  for await (const one of numbersHere(engine, org)) found.push(one)
  for (const one of found) await keepNumber(engine, org, one)
}

export const hasNumbers = (entity: string): boolean => numberedFields().some((one) => one.entity.name === entity)
/** Before one row leaves the view. */
export async function keepNumbersOf(engine: Engine, org: Id, entity: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const fields = numberedFields().filter((one) => one.entity.name === entity)
  const [first] = fields
  if (first) for (const one of numbersOn(first.entity, row, fields)) await keepNumber(engine, org, one)
}

/** `gone`: of views that are no more. */
export async function knownNumbers(engine: Engine, org: Id, gone: readonly GivenNumber[] = []): Promise<GivenNumber[]> {
  const known = new Map<string, GivenNumber>()
  const note = (one: GivenNumber): void => void known.set(`${one.entity}/${one.id}/${one.field}`, one)
  for (const one of gone) note(one)
  for (const one of await keptNumbers(engine, org)) note(one)
  for await (const one of numbersHere(engine, org)) note(one)
  return [...known.values()].slice(-MOST_NUMBERS)
}
