import { Plus } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { costCentres } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand, useList } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { inlineEnd, inlineForm, inlineWide, RowList } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Project.module.css'

const CostCentreRow = z.object({ id: z.string(), version: z.number(), code: z.string(), name: z.string(), department_id: z.string().nullish().transform((value) => value ?? null) })

export function CostCentres({ project, mayWrite }: { project: string; mayWrite: boolean }) {
  const t = useT()
  const textOf = useFailureText()
  const { departments, name: nameOf } = useCatalogue()
  const list = useList(costCentres.list, { project_id: project, sort: ['code'], limit: 200 }, CostCentreRow)
  const create = useCommand(costCentres.create)
  const remove = useCommand(costCentres.remove)
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [department, setDepartment] = useState('')
  const add = async (): Promise<void> => {
    if (!(await create.run({ project_id: project, code: code.trim(), name: name.trim(), ...(department ? { department_id: department } : {}) }))) return
    setCode('')
    setName('')
    setDepartment('')
  }
  const departmentOf = new Map(departments.map((row) => [row.id, nameOf(row)]))
  return (
    <section className={styles['card']}>
      <h2>{t('project.cost_centres')}</h2>
      <FormErrorSummary failure={create.failure ?? remove.failure} />
      <RowList
        rows={list.items.map((row) => ({ id: row.id, name: row.name, content: [`${row.code} ${row.name}`, row.department_id ? departmentOf.get(row.department_id) : undefined].filter(Boolean).join(' · ') }))}
        none={t('project.cost_centre_none')}
        removeLabel={t('action.remove')}
        onRemove={mayWrite ? (id) => void remove.run({ id }) : undefined}
      />
      {mayWrite && (
        <form
          className={inlineForm}
          onSubmit={(event) => {
            event.preventDefault()
            void add()
          }}
        >
          <TextField label={t('project.cost_centre_code')} name="code" value={code} onChange={(typed) => setCode(typed.toUpperCase())} error={textOf.field(create.failure, 'code')} />
          <TextField label={t('project.cost_centre_name')} name="name" value={name} onChange={setName} error={textOf.field(create.failure, 'name')} />
          <div className={inlineWide}>
            <Select label={t('project.cost_centre_department')} value={department} onChange={setDepartment} choices={[{ value: '', label: '—' }, ...departments.map((row) => ({ value: row.id, label: nameOf(row) }))]} />
          </div>
          <div className={inlineEnd}>
            <Button type="submit" icon={Plus} label={t('project.cost_centre_add')} disabled={code.trim() === '' || name.trim() === '' || create.pending} />
          </div>
        </form>
      )}
    </section>
  )
}
