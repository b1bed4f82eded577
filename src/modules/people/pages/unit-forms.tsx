import type { z } from 'zod'
import {
  asTyped,
  ChoiceField,
  DateField,
  dateTyped,
  type Errors,
  FormStep,
  SelectField,
  TextField,
  type Typed,
  textTyped,
  useDay,
} from '#ui/index.ts'
import type { unit as unitView } from '../views/units.ts'
import { places, usePeople } from './people-words.ts'

type FormProps = { typed: Typed; errors: Errors }
type Departments = readonly { id: string; name: string }[]

const DayField = ({ typed, errors, label }: FormProps & { label: string }) => (
  <DateField name="from" label={label} value={dateTyped(typed, 'from')} error={errors.from} required />
)

export const AddUnitPage = ({ typed, errors, departments }: FormProps & { departments: Departments }) => {
  const w = usePeople()
  return (
    <FormStep
      title={w.addUnit.title}
      subject={w.addUnit.subjectOfForm}
      crumbs={[{ label: w.units.title, href: places.units }]}
      back={places.units}
      errors={errors}
      button={w.addUnit.save}
    >
      <ChoiceField
        {...asTyped('kind', typed, errors)}
        label={w.addUnit.kind}
        options={Object.entries(w.units.kinds).map(([value, label]) => ({ value, label }))}
        required
      />
      <TextField {...asTyped('name', typed, errors)} label={w.addUnit.name} required />
      <SelectField
        {...asTyped('parent', typed, errors)}
        label={w.addUnit.parent}
        hint={w.addUnit.parentHint}
        options={departments.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <DayField typed={typed} errors={errors} label={w.addUnit.from} />
    </FormStep>
  )
}

/** Asks before the last planned change is taken back. */
export const CancelUnitPlanPage = ({ unit, errors }: { unit: z.output<typeof unitView.output>; errors: Errors }) => {
  const w = usePeople()
  const day = useDay()
  const { planned, closedFrom, states } = unit
  const [latest] = states
  return (
    <FormStep
      title={w.cancelUnitPlan.title}
      subject={unit.name}
      crumbs={[
        { label: w.units.title, href: places.units },
        { label: unit.name, href: `${places.units}/${unit.id}` },
      ]}
      back={`${places.units}/${unit.id}`}
      errors={errors}
      button={w.cancelUnitPlan.save}
    >
      <p>{w.cancelUnitPlan.lead}</p>
      <p>
        {planned === 'closing' && closedFrom && w.cancelUnitPlan.closing(day(closedFrom))}
        {planned === 'change' &&
          latest &&
          w.cancelUnitPlan.change(day(latest.from), [latest.department, latest.name].filter(Boolean).join('　'))}
      </p>
    </FormStep>
  )
}

/** Renaming, moving and closing: each with its first day. */
export const ChangeUnitPage = ({
  unit,
  change,
  typed,
  errors,
  departments,
}: FormProps & {
  unit: { id: string; name: string }
  change: 'renameUnit' | 'moveUnit' | 'closeUnit'
  departments: Departments
}) => {
  const w = usePeople()
  const say = w[change]
  return (
    <FormStep
      title={say.title}
      subject={unit.name}
      crumbs={[
        { label: w.units.title, href: places.units },
        { label: unit.name, href: `${places.units}/${unit.id}` },
      ]}
      back={`${places.units}/${unit.id}`}
      errors={errors}
      button={say.save}
      danger={change === 'closeUnit'}
    >
      <p>{say.lead}</p>
      {change === 'renameUnit' && (
        <TextField
          name="name"
          label={w.renameUnit.name}
          value={textTyped(typed.name) || (Object.keys(errors).length === 0 ? unit.name : '')}
          error={errors.name}
          required
        />
      )}
      {change === 'moveUnit' && (
        <SelectField
          {...asTyped('parent', typed, errors)}
          label={w.moveUnit.parent}
          options={departments.map(({ id, name }) => ({ value: id, label: name }))}
          required
        />
      )}
      <DayField typed={typed} errors={errors} label={say.from} />
    </FormStep>
  )
}
