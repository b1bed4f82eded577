import * as oidc from 'openid-client'

/**
 * Why a sign-in did not come about, in a word for logs and for choosing the page's text:
 * - denied: the person or the provider's policy said no; the person may try again
 * - state, provider, redirect: the answer does not belong to the flow that was begun here
 * - issuer, audience, nonce, expired, algorithm, signature, subject: the answer is not what it should be
 * - acr: the person was identified less surely than we asked for
 * - claims: what is said of the person or company can't be right (no name, a 法人番号 with a wrong check digit)
 * - code: the code was used, is too old, or was not meant for this flow
 * - client: the provider does not accept our client id or secret
 * - unreachable, timeout, too-large, insecure: no proper answer over the network
 * - response: any other answer that is not conform
 */
export type SignInFault =
  | 'denied'
  | 'state'
  | 'provider'
  | 'redirect'
  | 'issuer'
  | 'audience'
  | 'nonce'
  | 'expired'
  | 'algorithm'
  | 'signature'
  | 'subject'
  | 'acr'
  | 'claims'
  | 'code'
  | 'client'
  | 'unreachable'
  | 'timeout'
  | 'too-large'
  | 'insecure'
  | 'response'

/** The one error of sign-in. It carries no cause: the library's errors hold tokens and claims, which must not be logged. */
export class SignInFailed extends Error {
  readonly fault: SignInFault
  constructor(fault: SignInFault) {
    super(`sign-in failed: ${fault}`)
    this.name = 'SignInFailed'
    this.fault = fault
  }
}

/** Does the work; whatever fails in it fails as SignInFailed. */
export async function orFail<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new SignInFailed(faultOf(error))
  }
}

type Coded = { code?: unknown; cause?: unknown }
type Detail = { claim?: string; attribute?: string; reason?: string; signature?: unknown }

const comparisons: Record<string, SignInFault> = {
  nonce: 'nonce',
  iss: 'issuer',
  issuer: 'issuer',
  aud: 'audience',
  azp: 'audience',
  sub: 'subject',
}

const codes: Record<string, SignInFault> = {
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'expired',
  OAUTH_KEY_SELECTION_FAILED: 'signature',
  OAUTH_HTTP_REQUEST_FORBIDDEN: 'insecure',
  OAUTH_REQUEST_PROTOCOL_FORBIDDEN: 'insecure',
}

/** Bodies of errors of the token endpoint (RFC 6749, 5.2). */
const bodyErrors: Record<string, SignInFault> = {
  invalid_grant: 'code',
  invalid_client: 'client',
  unauthorized_client: 'client',
}

const refusals = new Set(['access_denied', 'login_required', 'interaction_required', 'consent_required'])

function faultOf(error: unknown): SignInFault {
  const chain: unknown[] = []
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at)
  for (const one of chain) if (one instanceof SignInFailed) return one.fault

  if (error instanceof oidc.AuthorizationResponseError) return refusals.has(error.error) ? 'denied' : 'response'
  if (error instanceof oidc.ResponseBodyError) return bodyErrors[error.error] ?? 'response'
  if (error instanceof oidc.WWWAuthenticateChallengeError) return 'client'

  for (const { code: raw, cause } of chain as Coded[]) {
    const code = String(raw) // a DOMException's is a number
    if (codes[code]) return codes[code]
    const { claim, attribute, reason, signature } = (cause ?? {}) as Detail
    const compared = code.endsWith('_COMPARISON_FAILED') ? comparisons[claim ?? attribute ?? ''] : undefined
    if (compared) return compared
    if (reason !== undefined) return 'algorithm' // the library says which list did not hold the algorithm
    if (signature !== undefined) return 'signature'
  }
  return 'response'
}
