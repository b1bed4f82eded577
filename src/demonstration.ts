import type { TenantSeed } from './house.ts'

/** The towns of a trial instance. Nothing invented ever stands under the real name. */
export const demonstrationTenants: readonly TenantSeed[] = [
  {
    tenant: 'mie',
    name: '三重県',
    kind: 'prefecture',
    parent: null,
    hosts: [],
    fictional: false,
    key_colour: 'green',
  },
  {
    tenant: 'attaka',
    name: 'あったか県',
    kind: 'prefecture',
    parent: null,
    hosts: [],
    fictional: true,
    key_colour: 'blue',
    contact_office: 'あったか県デジタル推進課（架空）',
    contact_phone: '000-000-0000',
    contact_mail: 'desk@attaka.example.jp',
    contact_hours: '平日 8:30〜17:15',
  },
  ...[
    ['hidamari', 'ひだまり市'],
    ['komorebi', 'こもれび町'],
    ['nagisa', 'なぎさ村'],
  ].map(([tenant, name]) => ({
    tenant: tenant ?? '',
    name: name ?? '',
    kind: 'municipality' as const,
    parent: 'attaka',
    hosts: [],
    fictional: true,
    key_colour: 'cyan',
    contact_office: `${name}役場（架空）`,
    contact_phone: '000-000-0000',
    contact_hours: '平日 8:30〜17:15',
  })),
]
