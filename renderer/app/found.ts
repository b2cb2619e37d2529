import { useEffect, useState } from 'react'
import { search } from '../../shared/domain/audit/operations.ts'
import { useT } from '../i18n/index.ts'
import { useAnswer } from './queries.ts'
import { recordPath } from './record-path.ts'
import { useOrg, usePlace } from './routes.ts'

export interface Hit {
  key: string
  title: string
  detail?: string
  path: string
}

export interface Found {
  hits: readonly Hit[]
  /** They are the answer to these very words. */
  answered: boolean
}

const ENTITIES = ['mission', 'collaborator', 'location', 'project'] as const

/** Records whose words begin with what is typed, each with the address of its page. */
export function useFound(words: string, entity: 'collaborator' | 'mission' | null): Found {
  const t = useT()
  const org = useOrg()
  const place = usePlace()
  const asked = useSettled(words)
  const { answer, stale } = useAnswer(search, org && asked ? { text: asked, entities: entity ? [entity] : [...ENTITIES], limit: 12 } : null)
  if (!org || !asked || !answer) return { hits: [], answered: false }
  const hits = answer.value.items.flatMap((item) => {
    const kind = ENTITIES.find((known) => known === item.entity)
    if (!kind) return []
    const path = recordPath(org, { entity: kind, entity_id: item.id, project_id: item.project_id ?? place.project, mission_id: null })
    return path ? [{ key: `${kind}-${item.id}`, title: item.title, detail: t(`entity.${kind}`), path }] : []
  })
  return { hits, answered: asked === words && !stale }
}

/** What was typed, once typing pauses: each letter is not a question. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 40)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
