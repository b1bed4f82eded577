/** The environment for a program of its own: Vitest tells its workers what they are, and another Vitest must not believe it is one. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' }
  for (const name of Object.keys(env)) if (/^(VITEST|NODE_ENV|TEST$|VITE_)/.test(name)) delete env[name]
  return env
}
