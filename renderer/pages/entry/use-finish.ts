import { useState } from 'react'
import { locations } from '../../../shared/domain/locations/operations.ts'
import { sheetLayoutOf } from '../../../shared/domain/organization/presets.ts'
import { createProject } from '../../../shared/domain/planning/operations.ts'
import { call, CallFailure } from '../../app/client.ts'
import { createOrganization, openOrganization } from '../../app/host-operations.ts'
import { usePreferences } from '../../app/preferences.ts'
import { queryClient } from '../../app/queries.ts'
import { paths, useGo } from '../../app/routes.ts'
import { useT } from '../../i18n/index.ts'
import { codeOf, emptyProject } from '../planning/ProjectForm.tsx'
import { windowOfDays } from '../planning/project-input.ts'
import { useEntered, useWelcome } from './welcome.ts'

/**
 * Makes the organization, then its first project and place, and opens where the person wants to go on. After a
 * refusal the same button goes on from there: what was made by then is not made twice.
 */
export function useFinish(person: string): { run: () => Promise<void>; pending: boolean; failure: CallFailure | null } {
  const t = useT()
  const go = useGo()
  const language = usePreferences((state) => state.language)
  const [entered, set] = useEntered()
  const end = useWelcome((state) => state.end)
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<CallFailure | null>(null)

  async function make(): Promise<{ org: string; project: string | null }> {
    const made = { ...entered.made }
    const keep = (change: Partial<typeof made>): void => {
      Object.assign(made, change)
      set({ made: { ...made } })
    }
    const { kind, zone, currency } = entered.organization
    const name = entered.organization.name.trim() || t('welcome.organization_of', { name: person })
    if (made.organization === null) keep({ organization: (await call(createOrganization, { name, kind, language, zone, currency }, fresh())).value.id })
    const org = made.organization ?? ''
    await call(openOrganization, { id: org }, fresh())
    if (entered.without_project) return { org, project: null }
    const { where, first, last, ...about } = entered.project
    const entry = emptyProject(about.zone, { ...about, first, last })
    if (made.project === null && first && last) {
      const input = { name: entry.name.trim(), code: codeOf(entry), zone: entry.zone, currency, ...windowOfDays(first, last, entry.zone), document_language: language, sheet_layout: sheetLayoutOf[kind] }
      keep({ project: (await call(createProject, input, { org, ...fresh() })).value.id })
    }
    if (made.location === null && where.trim()) keep({ location: (await call(locations.create, { name: where.trim(), zone: entry.zone }, { org, ...fresh() })).value.id })
    return { org, project: made.project }
  }

  return {
    pending,
    failure,
    async run() {
      setPending(true)
      setFailure(null)
      try {
        const { org, project } = await make()
        await queryClient.invalidateQueries()
        end()
        if (project === null) go(paths.organization(org))
        else go(entered.bring === 'later' ? paths.overview(org, project) : `${paths.import(org, project)}?kind=people`)
      } catch (error) {
        if (!(error instanceof CallFailure)) throw error
        setFailure(error)
      } finally {
        setPending(false)
      }
    },
  }
}

const fresh = (): { id: string } => ({ id: crypto.randomUUID() })
