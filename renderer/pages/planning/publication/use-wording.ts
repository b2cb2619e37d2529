import { useMemo } from 'react'
import { getProject } from '../../../../shared/domain/planning/operations.ts'
import { usePreferences } from '../../../app/preferences.ts'
import { useAnswer } from '../../../app/queries.ts'
import { ProjectRow } from '../../../app/rows.ts'
import { formatOf, useFormat } from '../../../i18n/format.ts'
import { translateIn, useT } from '../../../i18n/index.ts'
import type { Wording } from './change-words.ts'

/** Words of the screen. */
export function useWording(): Wording {
  const t = useT()
  const format = useFormat()
  const language = usePreferences((state) => state.language)
  return useMemo(() => ({ t, format, language }), [t, format, language])
}

/** Words of the project's documents, whatever language the screen is in. */
export function useDocumentWording(project: string): Wording {
  const here = useWording()
  const { answer } = useAnswer(getProject, { id: project })
  const row = answer ? ProjectRow.safeParse(answer.value) : null
  const language = row?.success ? row.data.document_language : here.language
  return useMemo(() => ({ t: translateIn(language), format: formatOf(language), language }), [language])
}
