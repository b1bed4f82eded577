// What a step of npm test wrote down as JSON: of Vitest, or of Playwright.
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from './run.mjs'

/**
 * Numbers of tests, and `faults`: of each that failed, its file and name, and the first lines of why (of a property its seed, too).
 * @param {object} report as the JSON reporter of Vitest or Playwright writes it
 * @returns {{ passed: number, failed: number, skipped: number, faults: { what: string, why: string }[] }}
 */
export function read({ numPassedTests, numFailedTests, numPendingTests, testResults, stats, suites }) {
  if (stats) {
    const { expected, unexpected, flaky, skipped } = stats
    return { passed: expected, failed: unexpected + flaky, skipped, faults: suites.flatMap(ofJourneys) }
  }
  const faults = testResults.flatMap(ofFile)
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, faults }
}

function ofFile({ name, status, message, assertionResults }) {
  const file = relative(root, name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0) return status === 'failed' ? [fault(file, message)] : []
  return failed.map(({ fullName, failureMessages }) => fault(`${file}: ${fullName}`, failureMessages[0]))
}

function ofJourneys({ suites = [], specs = [] }) {
  const failed = specs.filter(({ ok }) => !ok)
  return [
    ...suites.flatMap(ofJourneys),
    ...failed.map(({ file, title, tests }) => fault(`${file}: ${title}`, messageOf(tests))),
  ]
}

const messageOf = (tests) => tests.flatMap(({ results }) => results).find(({ error }) => error)?.error.message

function fault(what, why = '') {
  const lines = stripVTControlCharacters(why).trim().split('\n', 3)
  return {
    what,
    why: lines
      .map((line) => line.trim())
      .join(' ')
      .slice(0, 400),
  }
}
