import { ImagePlus } from 'lucide-react'
import { useRef, useState } from 'react'
import { updateOrganization } from '../../../shared/domain/organization/operations.ts'
import { CallFailure, theTransport, UNEXPECTED } from '../../app/client.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { organizationLogo } from '../../app/watching.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import type { Identity } from './identity.ts'
import styles from './Settings.module.css'

const KINDS = 'image/png,image/jpeg'
const MOST_BYTES = 2_000_000

/** The picture printed at the head of sheets: PNG or JPEG, as these are what every PDF reader shows. */
export function LogoField({ row }: { row: Identity }) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const update = useCommand(updateOrganization)
  const [wrong, setWrong] = useState<CallFailure | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const { answer } = useAnswer(organizationLogo, row.logo_sha256 ? {} : null, { keep: false })
  const logo = row.logo_sha256 ? answer?.value : null
  const send = async (file: File): Promise<void> => {
    setWrong(null)
    setRefused(null)
    if (!KINDS.split(',').includes(file.type) || file.size > MOST_BYTES) return setRefused(t('settings.logo_refused'))
    try {
      const { sha256 } = await theTransport().putBlob(new Uint8Array(await file.arrayBuffer()))
      await update.run({ id: row.id, version: row.version, changes: { logo_sha256: sha256 } })
    } catch (error) {
      setWrong(error instanceof CallFailure ? error : new CallFailure(UNEXPECTED, String(error)))
    }
  }
  return (
    <section className={styles['part']} aria-label={t('settings.logo')}>
      <h3>{t('settings.logo')}</h3>
      <p className={styles['muted']}>{t('settings.logo_about')}</p>
      <FormErrorSummary failure={wrong ?? update.failure} />
      {refused && <p role="alert">{refused}</p>}
      {logo?.base64 && <img className={styles['logo']} src={`data:${logo.type};base64,${logo.base64}`} alt={t('settings.logo_of', { name: row.name })} />}
      <div className={styles['actions']}>
        <input
          ref={input}
          type="file"
          accept={KINDS}
          hidden
          onChange={(event) => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (file) void send(file)
          }}
        />
        <Button icon={ImagePlus} label={row.logo_sha256 ? t('settings.logo_replace') : t('settings.logo_choose')} disabled={update.pending} onClick={() => input.current?.click()} />
        {row.logo_sha256 && <Button kind="quiet" label={t('settings.logo_remove')} disabled={update.pending} onClick={() => void update.run({ id: row.id, version: row.version, changes: { logo_sha256: null } })} />}
      </div>
    </section>
  )
}
