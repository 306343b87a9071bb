// A real OpenID provider with invented residents: `node server.mjs`. Who signs in is chosen on its one page.
// PORT, ISSUER, CLIENT_ID, CLIENT_JWK (public), BACK (our address to come back to), SIGNING_JWK (private) and
// RESIDENTS (subject to claims) come from the environment.
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const { PORT, ISSUER, CLIENT_ID, CLIENT_JWK, BACK, SIGNING_JWK, RESIDENTS } = process.env
const residents = JSON.parse(RESIDENTS)
const client = (id) => ({
  client_id: id,
  redirect_uris: [BACK],
  grant_types: ['authorization_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  id_token_signed_response_alg: 'ES256',
  subject_type: 'pairwise',
  jwks: { keys: [JSON.parse(CLIENT_JWK)] },
})

const provider = new Provider(ISSUER, {
  clients: [client(CLIENT_ID)],
  jwks: { keys: [JSON.parse(SIGNING_JWK)] },
  acrValues: ['aal3', 'aal2'],
  claims: { openid: ['sub'], acr: null, name: ['name'], address: ['address'], birthdate: ['birthdate'], gender: ['gender'] },
  scopes: ['openid', 'name', 'address', 'birthdate', 'gender'],
  subjectTypes: ['pairwise'],
  pairwiseIdentifier: (_ctx, account, { clientId }) => `${clientId}-${account}`,
  pkce: { required: () => true },
  cookies: { keys: ['invented'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, { uid }) => `/choose/${uid}` },
  ttl: { AuthorizationCode: 60, IdToken: 300, AccessToken: 300, Interaction: 600, Session: 600, Grant: 600 },
  findAccount: (_ctx, id) => residents[id] && { accountId: id, claims: () => ({ sub: id, ...residents[id] }) },
  async loadExistingGrant (ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
    grant.addOIDCScope('openid name address birthdate gender')
    await grant.save()
    return grant
  },
})
provider.on('server_error', (_ctx, problem) => console.error(problem))

const page = (uid) => `<!doctype html><html lang="ja"><meta charset="utf-8"><title>Test provider</title><main><h1>Test provider</h1>
${Object.entries(residents).map(([id, { name }]) => `<form method="post" action="/choose/${uid}/${id}"><button>${name}</button></form>`).join('')}
<form method="post" action="/choose/${uid}/-"><button>Stop</button></form></main></html>`

async function choose (request, response) {
  const [, , uid, who] = request.url.split('/')
  if (request.method === 'GET') return response.end(page(uid))
  const result = residents[who]
    ? { login: { accountId: who, acr: residents[who].acr ?? 'aal3' } }
    : { error: 'access_denied', error_description: 'stopped' }
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

const standard = provider.callback()
createServer((request, response) => {
  if (!request.url.startsWith('/choose/')) return standard(request, response)
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  return choose(request, response).catch((problem) => { response.statusCode = 500; response.end(String(problem)) })
}).listen(Number(PORT), '127.0.0.1', () => console.log('ready'))
