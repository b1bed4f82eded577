/** The front door of the form rules: plain functions, no database, no clock, no HTTP. */

export { type Analysis, analyse } from './analyse.ts'
export { checkAnswers, type Raw, type ReadPage, readAnswers, type Typed, typedAnswers } from './answers.ts'
export {
  type Definition,
  definitionSchema,
  type Field,
  type FieldKind,
  type FieldOf,
  type Page,
} from './definition.ts'
export { difference } from './difference.ts'
export type { Midway } from './difference-words.ts'
export { isAsked, undrawable, withoutLogic } from './drawing.ts'
export {
  type Answer,
  type Answers,
  answerOf,
  type Condition,
  decide,
  evaluate,
  type FileAnswer,
  type Logic,
  offered,
  type Shown,
  standingOf,
} from './evaluate.ts'
export { type Explanation, explain } from './explain.ts'
export type { Fault } from './faults.ts'
export type { Change } from './field-difference.ts'
export { fieldsOf } from './fields.ts'
export type { Finding, FindingCode } from './findings.ts'
export {
  type CheckItem,
  checkList,
  checkPage,
  filed,
  findPage,
  type Journey,
  journey,
  type Missing,
  nextPage,
  previousPage,
  type Step,
  softMissing,
  stepsOf,
} from './journey.ts'
export { definitionJsonSchema } from './json-schema.ts'
export { askFor, shownAnswer, usualLength } from './kinds.ts'
export { type PageLogic, pageLogic, shownOnPage } from './page-logic.ts'
export { type ParsedDefinition, parseDefinition } from './parse.ts'
export { calledBy, partsOfField } from './parts.ts'
export { isPersonal } from './personal.ts'
export { filesIn } from './stored.ts'
export { conditionInWords, inWords, labelsOf } from './words.ts'
