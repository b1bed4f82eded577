import type { Db } from '#core/database.ts'
import { searchForm } from '#core/text.ts'
import type { Plan, PlanFile } from '../../rules/plan-file.ts'
import { planTitle } from '../../rules/plan-file.ts'
import { initiativeSlug, slugOf } from '../../slugs.ts'
import { insertRows, json } from './rows.ts'

/** The documents and offices that an imported file names. */
export async function putNames(db: Db, id: string, { sources, organisations }: PlanFile) {
  await insertRows(
    db,
    'plan_source',
    sources.map((one, ordinal) => ({
      import: id,
      id: one.id,
      ordinal,
      title: one.title,
      title_note: one.titleNote,
      extra: json(one.extra),
    })),
  )
  await insertRows(
    db,
    'plan_organisation',
    organisations.map((one, ordinal) => ({
      import: id,
      id: one.id,
      ordinal,
      name: one.name,
      kind: one.kind,
      parent: one.parent,
      valid_from: one.validFrom,
      valid_to: one.validTo,
      note: one.note,
      extra: json(one.extra),
    })),
  )
}

/** Plans with all that is theirs, but for their measures. Those of the same ids must be gone. */
export async function putPlans(db: Db, id: string, plans: readonly Plan[]) {
  await insertRows(
    db,
    'plan',
    plans.map((one, ordinal) => ({
      id: one.id,
      slug: slugOf(one.id),
      import: id,
      ordinal,
      title: one.title,
      role: one.role,
      parent_plan: one.parentPlan,
      revises: one.revises,
      revision_kind: one.revisionKind,
      start_fy: one.period?.startFY ?? null,
      end_fy: one.period?.endFY ?? null,
      target_fy: one.targetFY,
      vision_title: one.visionTitle,
      legal_basis: one.legalBasis && json(one.legalBasis),
      actor_classes: json(one.actorClasses),
      phase_vocabulary: one.phaseVocabulary,
      fields: json(one.fields),
      governance: one.governance && json(one.governance),
      sources: one.sources,
      extra: json(one.extra),
      search: searchForm(
        [planTitle(plans, one.id), one.visionTitle, ...one.versions.map(({ title }) => title)].join(' '),
      ),
    })),
  )
  await putParts(db, plans)
  await putInitiatives(db, plans)
}

async function putParts(db: Db, plans: readonly Plan[]) {
  const of = <T, Row>(parts: (plan: Plan) => readonly T[], row: (part: T, plan: string, ordinal: number) => Row) =>
    plans.flatMap((plan) => parts(plan).map((part, ordinal) => row(part, plan.id, ordinal)))

  await insertRows(
    db,
    'plan_version',
    of(
      (plan) => plan.versions,
      (one, plan, ordinal) => ({
        plan,
        version: one.version,
        ordinal,
        title: one.title,
        as_of: one.asOf,
        adopted_month: one.adoptedMonth,
        status: one.status,
        target_fy: one.targetFY,
        policies_as_adopted: one.basicPoliciesAsAdopted,
        note: one.note,
        sources: one.sources,
        extra: json(one.extra),
      }),
    ),
  )
  await insertRows(
    db,
    'basic_policy',
    of(
      (plan) => plan.basicPolicies,
      ({ no, title, extra }, plan, ordinal) => ({ plan, no, ordinal, title, extra: json(extra) }),
    ),
  )
  await insertRows(
    db,
    'philosophy',
    of(
      (plan) => plan.philosophies,
      (one, plan, ordinal) => ({
        plan,
        no: one.no,
        ordinal,
        title: one.title,
        basic_policy: one.basicPolicy,
        extra: json(one.extra),
      }),
    ),
  )
  await insertRows(
    db,
    'measure_group',
    of(
      (plan) => plan.measureGroups,
      ({ no, title, actors, extra }, plan, ordinal) => ({ plan, no, ordinal, title, actors, extra: json(extra) }),
    ),
  )
  await insertRows(
    db,
    'revision_stage',
    of(
      (plan) => plan.workflow,
      (one, plan) => ({
        plan,
        no: one.no,
        stage: one.stage,
        audience: one.audience,
        channel: one.channel,
        day: one.date,
        month: one.month,
        from_month: one.from,
        to_month: one.to,
        duration_months: one.durationMonths,
        follow_up: one.followUp,
        extra: json(one.extra),
      }),
    ),
  )
}

async function putInitiatives(db: Db, plans: readonly Plan[]) {
  const initiatives = plans.flatMap((plan) => plan.initiatives.map((one, ordinal) => ({ one, plan: plan.id, ordinal })))
  await insertRows(
    db,
    'initiative',
    initiatives.map(({ one, plan, ordinal }) => ({
      plan,
      no: one.no,
      ordinal,
      id: one.id,
      slug: initiativeSlug(plan, one.id),
      title: one.title,
      measure_group: one.measureGroup,
      actor_class: one.actorClass,
      basic_policies: one.basicPolicies,
      restatement_of: one.restatementOfNo,
      extra: json(one.extra),
      search: searchForm(one.title),
    })),
  )
  await insertRows(
    db,
    'initiative_phase',
    initiatives.flatMap(({ one, plan }) =>
      one.phases.map((phase, ordinal) => ({
        plan,
        initiative: one.no,
        ordinal,
        label: phase.label,
        label_suggested: phase.labelSuggested,
        printed_start_fy: phase.printedStartFY,
        printed_arrow_end_fy: phase.printedArrowEndFY,
        start_fy: phase.span.startFY,
        end_fy: phase.span.endFY,
        inferred: phase.span.inferred,
        extra: json(phase.extra),
      })),
    ),
  )
}
