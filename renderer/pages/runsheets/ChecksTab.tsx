import { OctagonAlert, TriangleAlert } from 'lucide-react'
import { Link } from 'wouter'
import type { Check } from '../../../shared/domain/runsheets/operations.ts'
import { paths, useOrg } from '../../app/routes.ts'
import { isKey, useT } from '../../i18n/index.ts'
import styles from './Sheet.module.css'

export function ChecksTab({ checks }: { checks: readonly Check[] }) {
  const t = useT()
  const [blocking, warnings] = [checks.filter((check) => check.severity === 'blocking'), checks.filter((check) => check.severity === 'warning')]
  if (checks.length === 0) return <p>{t('sheet.checks_ok')}</p>
  return (
    <>
      {blocking.length > 0 && <Group title={t('sheet.blocking')} checks={blocking} />}
      {warnings.length > 0 && <Group title={t('sheet.warnings')} checks={warnings} />}
    </>
  )
}

function Group({ title, checks }: { title: string; checks: readonly Check[] }) {
  const t = useT()
  const org = useOrg()
  return (
    <section className={styles['section']}>
      <h2>{title}</h2>
      <ul>
        {checks.map((check, index) => {
          const key = `check.${check.code}`
          const Icon = check.severity === 'blocking' ? OctagonAlert : TriangleAlert
          return (
            <li key={index} className={styles['check']}>
              <Icon size={16} aria-hidden />
              <span>{isKey(key) ? t(key, check.params) : check.code}</span>
              {org && check.record?.entity === 'location' && <Link href={`${paths.locations(org)}?sel=${check.record.id}`}>{t('check.fix.location')}</Link>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
