import { OctagonAlert, TriangleAlert } from 'lucide-react'
import type { Check } from '../../../shared/domain/runsheets/operations.ts'
import { useProject } from '../../app/context.tsx'
import { usePreferences } from '../../app/preferences.ts'
import type { Language } from '../../app/preferences.ts'
import { paths, useGo } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { isKey, useT, wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import styles from './Sheet.module.css'

/** Where each thing is put right: a section of the editor, else a page. */
const sections: Partial<Record<Check['code'], string>> = {
  no_general_call: 'key_times', no_emergency_line: 'emergency', no_hospital: 'emergency', slots_out_of_order: 'slots', no_weather: 'weather', no_place: 'header',
}

interface ChecksProps {
  checks: readonly Check[]
  mission: string
  /** Leads to a section of the editor, at the row that the check names. */
  onSection?: (section: string, row?: string) => void
}

export function ChecksTab(props: ChecksProps) {
  const t = useT()
  const { checks } = props
  const [blocking, warnings] = [checks.filter((check) => check.severity === 'blocking'), checks.filter((check) => check.severity === 'warning')]
  if (checks.length === 0) return <p>{t('sheet.checks_ok')}</p>
  return (
    <>
      {blocking.length > 0 && <Group title={t('sheet.blocking')} {...props} checks={blocking} />}
      {warnings.length > 0 && <Group title={t('sheet.warnings')} {...props} checks={warnings} />}
    </>
  )
}

/** Which conflict blocks, and the rule it stands on, in the language of the screen. */
function conflictIn(t: Translate, language: Language, { code, params }: Check): { what: string; rule: string } | null {
  if (code !== 'severe_conflicts') return null
  const rule = [params[`rule_${language}`], params['article']].filter(Boolean).join(', ')
  return { what: wordOf(t, 'conflict', String(params['kind'])), rule: rule || 'none' }
}

function Group({ title, checks, mission, onSection }: ChecksProps & { title: string }) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  const go = useGo()
  const { org, id } = useProject()
  const fixOf = (check: Check): { label: string; run: () => void } | null => {
    const { code, record } = check
    if (code === 'sync_conflict') return { label: t('check.fix.sync'), run: () => go(paths.syncConflict(org, String(check.params['command']))) }
    if (record?.entity === 'location') return { label: t('check.fix.location'), run: () => go(`${paths.locations(org)}?sel=${record.id}`) }
    const section = sections[code]
    if (section) return onSection ? { label: t('check.fix.section'), run: () => onSection(section, record?.id) } : null
    if (code === 'other_day') return { label: t('check.fix.mission'), run: () => go(paths.mission(org, id, record?.id ?? mission)) }
    return { label: t('check.fix.planning'), run: () => go(`${paths.mission(org, id, mission)}?tab=crew`) }
  }
  return (
    <section className={styles['section']}>
      <h2>{title}</h2>
      <ul>
        {checks.map((check, index) => {
          const key = `check.${check.code}`
          const Icon = check.severity === 'blocking' ? OctagonAlert : TriangleAlert
          const fix = fixOf(check)
          return (
            <li key={index} className={styles['check']} data-severity={check.severity}>
              <Icon size={16} aria-hidden />
              <span>{isKey(key) ? t(key, { ...check.params, ...conflictIn(t, language, check) }) : check.code}</span>
              {fix && <Button small label={fix.label} onClick={fix.run} />}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
