import { CalendarDays } from 'lucide-react'
import { z } from 'zod'
import { getOrganization } from '../../../shared/domain/organization/operations.ts'
import { useAnswer } from '../../app/queries.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Availability.module.css'

const Me = z.object({ collaborator_id: z.string().nullable() })

/** The way to one's own calendar, for who is in the directory. */
export function OwnAvailability() {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const me = Me.safeParse(useAnswer(getOrganization, {}).answer?.value.me)
  const id = me.success ? me.data.collaborator_id : null
  if (id === null) return null
  return (
    <section className={styles['own']}>
      <h2>{t('availability.yours')}</h2>
      <p className={mutedText}>{t('availability.yours_about')}</p>
      <div>
        <Button icon={CalendarDays} label={t('availability.yours')} onClick={() => go(paths.availability(org, id))} />
      </div>
    </section>
  )
}
