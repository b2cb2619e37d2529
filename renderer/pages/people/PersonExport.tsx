import { useState } from 'react'
import { exportPerson } from '../../../shared/domain/people/person-file-operations.ts'
import { call } from '../../app/client.ts'
import type { CallFailure } from '../../app/client.ts'
import { bytesFromBase64, saveFile } from '../../app/files.ts'
import { failureOf } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { PanelSection } from '../../components/SidePanel.tsx'
import { useT } from '../../i18n/index.ts'

/** Everything held on the person, in one file: what a person may ask of an organization. */
export function PersonExport({ person }: { person: string }) {
  const t = useT()
  const org = useOrg()
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const [left, setLeft] = useState<{ withheld: number; elsewhere: number; missing: number } | null>(null)
  const save = async (): Promise<void> => {
    setFailure(null)
    try {
      const { value } = await call(exportPerson, { collaborator_id: person }, org ? { org } : {})
      await saveFile(value.file_name, bytesFromBase64(value.base64), value.type)
      setLeft({ withheld: value.withheld.length, elsewhere: value.elsewhere, missing: value.missing.length })
      announce(t('person.exported', { count: value.records }))
    } catch (error) {
      setFailure(failureOf(error))
    }
  }
  return (
    <PanelSection title={t('person.export')}>
      <FormErrorSummary failure={failure} />
      <p className={mutedText}>{t('person.export_about')}</p>
      <div>
        <Button small label={t('person.export_save')} onClick={() => void save()} />
      </div>
      {left && (left.withheld > 0 || left.elsewhere > 0) && <p role="status">{t('person.export_partial', left)}</p>}
      {left && left.missing > 0 && <p role="status">{t('person.export_missing', { count: left.missing })}</p>}
    </PanelSection>
  )
}
