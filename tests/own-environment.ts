/**
 * The environment for a program of its own: Vitest tells its workers what they are, and another Vitest must not believe it is one.
 * Without colours, also where somebody asked for them: Node would say on the error output that it was asked for both.
 */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' }
  for (const name of Object.keys(env)) if (/^(VITEST|NODE_ENV|TEST$|VITE_|FORCE_COLOR)/.test(name)) delete env[name]
  return env
}
