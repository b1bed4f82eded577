/** The front door of the form rules: plain functions, no database, no clock, no HTTP. */

export { type Analysis, analyse } from './analysis/analyse.ts'
export { isAsked, undrawable, withoutLogic } from './analysis/drawing.ts'
export type { Finding, FindingCode } from './analysis/findings.ts'
export { checkAnswers, type Raw, type ReadPage, readAnswers, type Typed, typedAnswers } from './answers/answers.ts'
export { boundOn } from './answers/bounds.ts'
export { askFor, shownAnswer, usualLength } from './answers/kinds.ts'
export { calledBy, partsOfField } from './answers/parts.ts'
export { filesIn } from './answers/stored.ts'
export {
  type Definition,
  definitionSchema,
  type Field,
  type FieldKind,
  type FieldOf,
  type Page,
} from './definition/definition.ts'
export { fieldsOf } from './definition/fields.ts'
export { definitionJsonSchema } from './definition/json-schema.ts'
export { isPersonal } from './definition/personal.ts'
export { difference } from './difference/difference.ts'
export type { Midway } from './difference/difference-words.ts'
export type { Change } from './difference/field-difference.ts'
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
} from './engine/evaluate.ts'
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
  outdated,
  previousPage,
  type Step,
  softMissing,
  stepsOf,
} from './journey/journey.ts'
export { type PageLogic, pageLogic, shownOnPage } from './journey/page-logic.ts'
export type { Fault } from './reading/faults.ts'
export { type ParsedDefinition, parseDefinition } from './reading/parse.ts'
export { type Explanation, explain } from './words/explain.ts'
export { conditionInWords, inWords, labelsOf } from './words/words.ts'
