/** The places a run can be asked to take its histories to. */
import { startPostgres } from '../../../fixtures/postgres.ts'
import type { OpenSite, Real } from '../site.ts'
import { postgresBacking, sqliteBacking } from './backing.ts'
import { httpSite } from './http-site.ts'
import { prepare } from './prepared.ts'

export interface Place {
  kind: string
  open: OpenSite
  close(): Promise<void>
}

/** `http`: one process over SQLite; `postgres`: two over one PostgreSQL. Null: no PostgreSQL server is here. */
export async function openPlace(over: 'http' | 'postgres', real: Real): Promise<Place | null> {
  const postgres = over === 'postgres' ? await startPostgres() : null
  try {
    const backing = postgres ? await postgresBacking(postgres) : sqliteBacking()
    const prepared = backing && (await prepare(backing))
    if (!prepared) {
      await postgres?.stop()
      return null
    }
    return {
      kind: `${prepared.backing.processes} process${prepared.backing.processes > 1 ? 'es' : ''} over ${prepared.backing.kind}`,
      open: httpSite(real, prepared),
      async close() {
        await prepared.close()
        await postgres?.stop()
      },
    }
  } catch (error) {
    await postgres?.stop()
    throw error
  }
}
