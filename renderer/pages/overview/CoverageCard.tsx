import { useCatalogue } from '../../app/catalogue.ts'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import { useT } from '../../i18n/index.ts'
import { Card } from './Card.tsx'
import { withinWeek, type Coming } from './coming.ts'
import { CoverageBar, CoverageWords, type Heads } from './Coverage.tsx'
import styles from './Overview.module.css'

interface Department {
  id: string | null
  code: string | null
  name: string
  name_en: string | null
  colour: string | null
  coverage: Heads
}

export function CoverageCard({ departments, missions, now }: { departments: readonly Department[]; missions: readonly Coming[]; now: string }) {
  const t = useT()
  const { name } = useCatalogue()
  return (
    <Card title={t('overview.coverage')} {...(departments.length > 0 ? { note: t(withinWeek(missions, now) ? 'overview.coverage_note' : 'overview.coverage_next') } : {})}>
      {departments.length === 0 ? (
        <p className={styles['muted']}>{t('overview.coverage_none')}</p>
      ) : (
        <>
          <ul className={styles['departments']}>
            {departments.map((one) => (
              <li key={one.id ?? ''}>
                <span className={styles['department']}>
                  {one.code && <DepartmentTag code={one.code} colour={one.colour} />}
                  <span className={styles['clip']}>{one.id === null ? t('overview.no_department') : name(one)}</span>
                </span>
                <CoverageBar coverage={one.coverage} />
                <CoverageWords coverage={one.coverage} />
              </li>
            ))}
          </ul>
          <p className={styles['legend']} aria-hidden>
            <span className={`${styles['key']} ${styles['filled']}`} /> {t('overview.legend.filled')}
            <span className={`${styles['key']} ${styles['held']}`} /> {t('overview.legend.held')}
            <span className={styles['key']} /> {t('overview.legend.open')}
          </p>
        </>
      )}
    </Card>
  )
}
