import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Test files of ten seconds and more, the longest first: begun last, one of them would keep one core waiting for the other. */
const longest = [
  'tests/crash/crash',
  'tests/generators',
  'src/platform/embedded-postgres',
  'tests/keeping',
  'tests/crash/stop',
  'tests/isolation',
  'src/modules/evidence/tampering',
  'tests/backup',
  'src/modules/forms/rules/oracle',
  'tests/hostile',
  'src/modules/consultations/rules/checking/check',
  'tests/operate',
  'src/modules/participation/rules/sortition/sortition',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return at < 0 ? longest.length : at
    }
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}
