/** Numbers that only an authority gives, as a view has them: a restored server is told of them, so that none is given twice (sync rule 31). */
import { entities } from '../../domain/registry.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Engine } from '../../store/engine.ts'
import { eachRow } from '../../store/replica-store.ts'
import type { ReofferRequest } from '../wire.ts'

const MOST_NUMBERS = 5000

export async function knownNumbers(engine: Engine, org: Id): Promise<ReofferRequest['numbers']> {
  const numbers: ReofferRequest['numbers'] = []
  for (const entity of entities.values()) {
    const given = Object.entries(entity.fields).flatMap(([name, field]) => (field.class === 'authority' ? [name] : []))
    if (given.length === 0) continue
    for await (const row of eachRow(engine, org, entity))
      for (const field of given) {
        const number = row[field]
        if (numbers.length < MOST_NUMBERS && (typeof number === 'string' || typeof number === 'number')) numbers.push({ entity: entity.name, id: String(row['id']) as Id, field, number })
      }
  }
  return numbers
}
