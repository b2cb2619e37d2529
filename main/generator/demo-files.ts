/** Files of the demo: the plan of the hall and the sheet of instructions for its dock. */
import type { Id } from '../../shared/kernel/ids.ts'
import { planImage } from './demo-plan.ts'
import { demoUnloading } from './demo-show.ts'
import { need, type DemoWorld } from './demo-world.ts'

export interface KeptFile {
  sha256: string
  /** Bytes. */
  size: number
}
/** Keeps the bytes under the name of their content, before a row names them. */
export type KeepFile = (bytes: Uint8Array) => KeptFile | Promise<KeptFile>

export const keepPlan = async (keep: KeepFile): Promise<KeptFile> => keep(planImage())

export async function attachDemoFiles({ asking, places, missions }: DemoWorld, project: Id, keep: KeepFile, plan: KeptFile): Promise<void> {
  const paper = await keep(new TextEncoder().encode(demoUnloading))
  const attach = (project_id: Id | null, entity: string, entity_id: Id, name: string, type: string, file: KeptFile): Promise<unknown> =>
    asking.ask('attachment.add', { project_id, entity, entity_id, name, type, size: file.size, sha256: file.sha256 })
  await attach(null, 'location', need(places, 'halle'), 'plan-grande-halle.png', 'image/png', plan)
  await attach(null, 'location', need(places, 'halle'), 'consignes-quai-b.txt', 'text/plain', paper)
  for (const mission of ['dechargement', 'demontage']) await attach(project, 'mission', need(missions, mission), 'consignes-quai-b.txt', 'text/plain', paper)
}
