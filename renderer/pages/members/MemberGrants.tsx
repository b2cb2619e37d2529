import { useState } from 'react'
import { z } from 'zod'
import { addDays, fromLocal, fromMs, localDateOf, toMs, type Instant, type LocalDate } from '../../../shared/kernel/instants.ts'
import { grantPermission, listPermissionGrants, revokePermission } from '../../../shared/domain/organization/grant-operations.ts'
import { useCommand, useList } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { DayField } from '../../components/DateTimeField.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { PanelSection } from '../../components/SidePanel.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'

const GrantRow = z.object({ id: z.string(), reason: z.string().nullable(), until_at: z.string().nullable() })

/** A day named as the last is whole: the right ends at the midnight after it, where this computer is. */
const endOf = (day: string): Instant => fromLocal(addDays(day as LocalDate, 1), '00:00', hostZone())
const lastDayOf = (end: string): string => localDateOf(fromMs(toMs(end as Instant) - 1), hostZone())

/** What no role gives: given to this member by name, with a reason and until when. */
export function MemberGrants({ member }: { member: string }) {
  const t = useT()
  const format = useFormat()
  const { items: [held], can } = useList(listPermissionGrants, { filter: { member_id: member, permission: 'pii:read' }, limit: 1 }, GrantRow)
  const grant = useCommand(grantPermission)
  const revoke = useCommand(revokePermission)
  const [reason, setReason] = useState('')
  const [day, setDay] = useState<string | null>(null)
  const give = async (): Promise<void> => {
    revoke.reset()
    if (!(await grant.run({ member_id: member, permission: 'pii:read', reason: reason.trim(), until_at: day === null ? null : endOf(day) }))) return
    setReason('')
    setDay(null)
    announce(t('grants.done'))
  }
  if (!can.has('permission.grant')) return null
  return (
    <PanelSection title={t('grants.title')}>
      <FormErrorSummary failure={grant.failure ?? revoke.failure} />
      <strong>{t('grants.pii')}</strong>
      {held ? (
        <>
          <p>
            {held.reason && <>{t('grants.given', { reason: held.reason })}<br /></>}
            <span className={mutedText}>{held.until_at ? t('grants.until', { day: format.day(lastDayOf(held.until_at)) }) : t('grants.always')}</span>
          </p>
          <div>
            <Button small label={t('grants.revoke')} disabled={revoke.pending} onClick={() => void revoke.run({ id: held.id }).then((done) => done && announce(t('grants.revoked')))} />
          </div>
        </>
      ) : (
        <>
          <p className={mutedText}>{t('grants.none')}</p>
          <TextField label={t('grants.reason')} hint={t('grants.reason_hint')} name="reason" value={reason} onChange={setReason} maxLength={300} />
          <DayField label={t('grants.until_label')} value={day} onChange={setDay} />
          <div>
            <Button label={t('grants.give')} disabled={reason.trim() === '' || grant.pending} onClick={() => void give()} />
          </div>
        </>
      )}
    </PanelSection>
  )
}
