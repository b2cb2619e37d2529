import { skills } from '../../../shared/domain/organization/operations.ts'
import { setSkill } from '../../../shared/domain/people/operations.ts'
import { useCommand, useList } from '../../app/queries.ts'
import { NamedRow } from '../../app/rows.ts'
import { Combobox } from '../../components/Combobox.tsx'
import { Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { mutedText, RowList } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'

const LEVELS = [0, 1, 2, 3, 4, 5]
const FIRST_LEVEL = 3

/** How well a person masters each skill: the digit typed on a level sets it. */
export function SkillSection({ person, held, mayWrite }: { person: string; held: readonly { skill_id: string; level: number }[]; mayWrite: boolean }) {
  const t = useT()
  const save = useCommand(setSkill)
  const known = useList(skills.list, { sort: ['name'], limit: 200 }, NamedRow).items
  const nameOf = (id: string): string => known.find((row) => row.id === id)?.name ?? '—'
  const put = (skill_id: string, level: number | null): void => void save.run({ id: person, skill_id, level })
  const ids = new Set(held.map((row) => row.skill_id))
  return (
    <>
      <FormErrorSummary failure={save.failure} />
      <RowList
        none={t('person.skills_none')}
        removeLabel={t('action.remove')}
        rows={held.map((row) => ({
          id: row.skill_id,
          name: nameOf(row.skill_id),
          content: mayWrite ? (
            <Select label={nameOf(row.skill_id)} value={String(row.level)} onChange={(level) => put(row.skill_id, Number(level))} choices={LEVELS.map((level) => ({ value: String(level), label: t('person.level', { level }) }))} />
          ) : (
            <>
              {nameOf(row.skill_id)} <span className={mutedText}>{t('person.level', { level: row.level })}</span>
            </>
          ),
        }))}
        onRemove={mayWrite ? (id) => put(id, null) : undefined}
      />
      {mayWrite && known.length > ids.size && (
        <Combobox label={t('person.skill_add')} value={null} options={known.filter((row) => !ids.has(row.id)).map((row) => ({ id: row.id, label: row.name }))} onChange={(id) => id && put(id, FIRST_LEVEL)} />
      )}
    </>
  )
}
