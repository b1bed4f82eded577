/** The front door of the ui. Props of every part: README.md. */
export { contrast, keyColourContrast, keyColours } from './contrast.ts'
export { Actions, Button, type ButtonKind, ButtonLink } from './form/button.tsx'
export { ChoiceField, ChoicesField, Consent, type Option, SelectField } from './form/choice-fields.tsx'
export { DateField, type DateParts, eras } from './form/date-field.tsx'
export { ErrorSummary, type Errors } from './form/error-summary.tsx'
export { describedBy, type FieldProps } from './form/field.tsx'
export { type AttachedFile, FileField } from './form/file-field.tsx'
export { FilterSelect, Filters, FilterText } from './form/filters.tsx'
export { DraftForm, Form, HiddenField } from './form/form.tsx'
export { FormStep } from './form/form-step.tsx'
export { type FieldPart, PartsField } from './form/parts-field.tsx'
export { SearchBox } from './form/search-box.tsx'
export {
  LongTextField,
  MailField,
  NumberField,
  PhoneField,
  ReadOnlyField,
  TextField,
} from './form/text-fields.tsx'
export { asTyped, dateTyped, dayTyped, listTyped, type Typed, textTyped } from './form/typed.ts'
export { Gallery } from './gallery.tsx'
export type { Child } from './jsx/element.ts'
export { Bare, Console, Page } from './page.tsx'
export { Badge, type BadgeKind } from './parts/badge.tsx'
export { Confirmation } from './parts/confirmation.tsx'
export type { Crumb } from './parts/crumbs.tsx'
export { DateText, useDates, useDay } from './parts/date-text.tsx'
export { Dialog, DialogLink } from './parts/dialog.tsx'
export { Change, Difference, type DifferencePart } from './parts/difference.tsx'
export { EmptyState } from './parts/empty-state.tsx'
export { type Fact, Facts } from './parts/facts.tsx'
export { Figure } from './parts/figure.tsx'
export { Hero } from './parts/hero.tsx'
export { Loop, type LoopStep } from './parts/loop.tsx'
export { MapFrame } from './parts/map-frame.tsx'
export { Mark } from './parts/mark.tsx'
export { Note, type NoteKind, Voice } from './parts/note.tsx'
export { formatBytes, formatNumber } from './parts/number.ts'
export { Pagination, Paging } from './parts/pagination.tsx'
export { Columns, Hidden, Panel, Wrap } from './parts/panel.tsx'
export { PhoneLink } from './parts/phone-link.tsx'
export { PrintHeader } from './parts/print-header.tsx'
export { LiveRegion, Progress } from './parts/progress.tsx'
export { Schedule, type ScheduleRow } from './parts/schedule.tsx'
export type { ScheduleBar } from './parts/schedule-rows.ts'
export { Sparkline } from './parts/sparkline.tsx'
export { type Step, type StepState, Steps } from './parts/steps.tsx'
export { type Column, Table } from './parts/table.tsx'
export { Tabs } from './parts/tabs.tsx'
export { TargetBar } from './parts/target-bar.tsx'
export { Tiles } from './parts/tiles.tsx'
export { type Moment, Timeline } from './parts/timeline.tsx'
export { Whole } from './parts/whole.tsx'
export {
  type Contact,
  drawIn,
  type KeyColour,
  type NavItem,
  type RailGroup,
  type Shell,
  shellPaths,
  useShell,
} from './shell.tsx'
export { useWords } from './words.ts'
