/** The front door of the form rules: plain functions, no database, no clock, no HTTP. */
export { checkAnswers, type Raw, type ReadPage, readAnswers, type Typed, typedAnswers } from './answers.ts'
export {
  type Definition,
  definitionSchema,
  type Field,
  type FieldKind,
  type FieldOf,
  type Page,
} from './definition.ts'
export {
  type Answer,
  type Answers,
  answerOf,
  type Condition,
  evaluate,
  type FileAnswer,
  type Logic,
  offered,
  type Shown,
} from './evaluate.ts'
export type { Fault } from './faults.ts'
export {
  type CheckItem,
  checkList,
  checkPage,
  filed,
  findPage,
  type Journey,
  journey,
  nextPage,
  previousPage,
  type Step,
  stepsOf,
} from './journey.ts'
export { askFor, shownAnswer, usualLength } from './kinds.ts'
export { type PageLogic, pageLogic, shownOnPage } from './page-logic.ts'
export { type ParsedDefinition, parseDefinition } from './parse.ts'
export { conditionInWords } from './words.ts'
