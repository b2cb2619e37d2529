import { z } from 'zod'
import { listTemplates } from '../../../shared/domain/contracts/operations.ts'
import type { ContractKind } from '../../../shared/domain/contracts/kinds.ts'
import { languages } from '../../../shared/domain/organization/model.ts'
import { useList } from '../../app/queries.ts'
import { Select } from '../../components/Field.tsx'
import { formTwo } from '../../components/FormLayout.ts'
import { useT } from '../../i18n/index.ts'

type Language = (typeof languages)[number]

/** Empty: those of the project, and the template that ships. */
export interface Chosen {
  template_id: string
  language: Language | ''
}
export const nothingChosen: Chosen = { template_id: '', language: '' }
export const choiceInput = ({ template_id, language }: Chosen): { template_id?: string; language?: Language } => ({ ...(template_id ? { template_id } : {}), ...(language ? { language } : {}) })

const TemplateRow = z.object({ id: z.string(), name: z.string(), language: z.enum(languages), number: z.number() })

/** The template, of one kind of contract, and the language; a template of one's own says its language itself. */
export function ContractChoices({ kind, value, onChange }: { kind: ContractKind | null; value: Chosen; onChange: (value: Chosen) => void }) {
  const t = useT()
  const own = useList(listTemplates, kind === null ? null : { filter: { kind, state: 'active' }, sort: ['name'], limit: 200 }, TemplateRow).items
  return (
    <div className={formTwo}>
      <Select
        label={t('contracts.template')}
        name="template_id"
        value={value.template_id}
        onChange={(template_id) => onChange({ template_id, language: template_id ? '' : value.language })}
        choices={[{ value: '', label: t('contracts.template_built_in') }, ...own.map((row) => ({ value: row.id, label: `${row.name} · ${t(`language.${row.language}`)}` }))]}
      />
      {value.template_id === '' && (
        <Select
          label={t('contracts.language')}
          name="language"
          value={value.language}
          onChange={(text) => onChange({ ...value, language: languages.find((one) => one === text) ?? '' })}
          choices={[{ value: '', label: t('contracts.language_project') }, ...languages.map((one) => ({ value: one, label: t(`language.${one}`) }))]}
        />
      )}
    </div>
  )
}
