/**
 * Numbers that an authority had given to rows of views that are gone from this computer: the id of the row and its number, nothing else of
 * it. A server that is put back to an older state is told of them (sync rules 22b', 31). Beside the outbox, which outlives every view.
 */
import type { Engine } from './engine.ts'

export const numberSchema = [
  `CREATE TABLE IF NOT EXISTS kept_number (
    entity TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, number TEXT NOT NULL, series TEXT, PRIMARY KEY (entity, id, field)
  ) STRICT`,
]

export interface KeptNumber {
  entity: string
  id: string
  field: string
  number: string | number
  /** Value of the column in whose order it runs. */
  series: string | null
}
export interface NumberList {
  /** On the disk when it answers. */
  keep(numbers: readonly KeptNumber[]): Promise<void>
  all(): Promise<KeptNumber[]>
}

export function openNumberList(engine: Engine): NumberList {
  return {
    keep: (numbers) =>
      engine.transaction(async () => {
        for (const { entity, id, field, number, series } of numbers)
          await engine.run(
            'INSERT INTO kept_number (entity, id, field, number, series) VALUES (?, ?, ?, ?, ?) ON CONFLICT (entity, id, field) DO UPDATE SET number = excluded.number, series = excluded.series',
            [entity, id, field, JSON.stringify(number), series],
          )
      }),
    async all() {
      return (await engine.all('SELECT entity, id, field, number, series FROM kept_number ORDER BY entity, id, field', [])).map((row) => ({
        entity: String(row['entity']), id: String(row['id']), field: String(row['field']), number: JSON.parse(String(row['number'])) as string | number, series: row['series'] === null ? null : String(row['series']),
      }))
    },
  }
}
