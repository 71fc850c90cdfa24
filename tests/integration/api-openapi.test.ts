import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestApi } from '#tests/factories/test-api.ts'

const response = z.looseObject({
  description: z.string().min(1),
  content: z.record(z.string(), z.object({ schema: z.unknown() })).optional(),
})
const operation = z.looseObject({
  summary: z.string().min(1),
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.enum(['path', 'query', 'header']), schema: z.unknown() }))
    .optional(),
  requestBody: z
    .object({
      required: z.boolean().optional(),
      content: z.record(z.string(), z.object({ schema: z.unknown() })),
    })
    .optional(),
  responses: z.record(z.string().regex(/^([1-5]\d\d|[1-5]XX|default)$/), response),
})
const openApi = z.looseObject({
  openapi: z.string().regex(/^3\.1\.\d$/),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  components: z.looseObject({ securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })) }),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  paths: z.record(
    z.string().startsWith('/api/v1/'),
    z.partialRecord(z.enum(['get', 'post', 'patch', 'put', 'delete']), operation),
  ),
})

/** Every call that the REST API promises. */
const promised = [
  'GET /me',
  'POST /documents',
  'GET /documents',
  'GET /documents/{id}',
  'PATCH /documents/{id}',
  'DELETE /documents/{id}',
  'GET /documents/{id}/text',
  'POST /documents/{id}/editions',
  'GET /documents/{id}/editions',
  'GET /documents/{id}/editions/{n}',
  'DELETE /documents/{id}/editions/{n}',
  'GET /documents/{id}/editions/{n}/original',
  'POST /documents/{id}/editions/{n}/publish',
  'POST /documents/{id}/editions/{n}/rollback',
  'GET /documents/{id}/editions/{n}/anchors',
  'GET /documents/{id}/editions/{n}/comparison',
  'PATCH /anchors/{id}',
  'GET /documents/{id}/threads',
  'POST /threads',
  'POST /threads/post',
  'GET /threads/{id}',
  'PATCH /threads/{id}',
  'DELETE /threads/{id}',
  'POST /threads/{id}/restore',
  'POST /threads/{id}/status',
  'GET /threads/{id}/versions',
  'POST /threads/{id}/versions/{v}/restore',
  'POST /threads/{id}/replies',
  'PATCH /replies/{id}',
  'DELETE /replies/{id}',
  'POST /replies/{id}/restore',
  'POST /groups',
  'GET /groups/{id}',
  'PATCH /groups/{id}',
  'POST /groups/{id}/members',
  'PATCH /groups/{id}/members/{userId}',
  'DELETE /groups/{id}/members/{userId}',
  'POST /groups/{id}/invitations',
  'GET /layers/{id}',
  'PATCH /layers/{id}',
]

describe('the OpenAPI document', () => {
  let json: unknown
  let document: z.infer<typeof openApi>
  beforeAll(async () => {
    const api = await startTestApi()
    ;({ json } = await api.ask('/openapi.json'))
    document = openApi.parse(json)
  })

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => ({
        name: `${method.toUpperCase()} ${path.slice('/api/v1'.length)}`,
        path,
        described,
      })),
    )

  test('is read by anyone, is OpenAPI 3.1, and has every call that is promised', () => {
    const names = operations().map(({ name }) => name)
    expect(promised.filter((name) => !names.includes(name))).toEqual([])
  })

  test('describes the parameters in each path, and a success and the refusals of each call', () => {
    for (const { name, path, described } of operations()) {
      const inPath = (described.parameters ?? []).filter((parameter) => parameter.in === 'path')
      const asked = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      expect(inPath.map((parameter) => parameter.name).sort(), name).toEqual(asked.sort())
      const statuses = Object.keys(described.responses)
      expect(
        statuses.some((status) => status.startsWith('2')),
        name,
      ).toBe(true)
      expect(statuses, name).toContain('4XX')
    }
  })

  test('points nowhere that it has nothing', () => {
    for (const [, pointer] of JSON.stringify(json).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = (pointer ?? '')
        .split('/')
        .reduce<unknown>((value, key) => Reflect.get(Object(value), key), json)
      expect(target, pointer).toBeDefined()
    }
  })

  test('says of a strict body that it takes nothing else', () => {
    const body = document.paths['/api/v1/groups']?.post?.requestBody?.content['application/json']
    expect(body?.schema).toMatchObject({
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: { name: { type: 'string', minLength: 1, maxLength: 200 } },
    })
  })
})
