import type { Engine, Value } from './engine.ts'

/** Rows of one statement at most: a database of another process is asked once for all of them, and few texts are prepared. */
const AT_ONCE = 40

const texts = new Map<string, string>()
function textOf(into: string, rows: number, columns: number, then: string): string {
  const key = `${rows} ${into} ${then}`
  let text = texts.get(key)
  if (text === undefined) {
    const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`
    texts.set(key, (text = `INSERT INTO ${into} VALUES ${Array.from({ length: rows }, () => row).join(', ')} ${then}`))
  }
  return text
}

/** Rows of the same columns, as many in one statement as is sensible. `into`: `table (column, ...)`; `then`: what follows the values (ON CONFLICT). */
export async function insertRows(engine: Engine, into: string, rows: readonly (readonly Value[])[], then = ''): Promise<void> {
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE)
    await engine.run(textOf(into, some.length, some[0]?.length ?? 0, then), some.flat())
  }
}
