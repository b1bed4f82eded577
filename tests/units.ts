/** Departments and sections of the demonstration prefecture (people/seed.ts). */
export const units = {
  digital: '01900000-0000-7000-8000-000000000001',
  strategy: '01900000-0000-7000-8000-000000000002',
  services: '01900000-0000-7000-8000-000000000003',
  general: '01900000-0000-7000-8000-000000000004',
}
