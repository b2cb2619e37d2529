import { listRulePacks } from '../../../shared/domain/planning/working-time-operations.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer } from '../../app/queries.ts'
import { Select } from '../../components/Field.tsx'
import { useT } from '../../i18n/index.ts'

const NONE = ''

/** The collective agreement that chooses the labour rules; one typed before, that no list knows, stays as it is. */
export function AgreementField({ value, onChange, error }: { value: string | null; onChange: (agreement: string | null) => void; error: string | undefined }) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  const { answer } = useAnswer(listRulePacks, {})
  const known = answer?.value.agreements ?? []
  const packs = new Map((answer?.value.packs ?? []).map((pack) => [pack.id, pack.title[language]]))
  const chosen = known.find(({ code }) => code === value)
  const titles = (chosen?.packs ?? []).map((id) => packs.get(id) ?? id)
  return (
    <Select
      label={t('project.agreement')}
      name="agreement"
      value={value ?? NONE}
      onChange={(code) => onChange(code === NONE ? null : code)}
      choices={[
        { value: NONE, label: t('project.agreement_none') },
        ...known.map(({ code, title }) => ({ value: code, label: `${code} · ${title[language]}` })),
        ...(value !== null && !chosen ? [{ value, label: value }] : []),
      ]}
      hint={value === null ? t('project.agreement_law') : titles.length > 0 ? t('project.agreement_packs', { packs: titles.join(' · ') }) : t('project.agreement_without')}
      error={error}
    />
  )
}
