import { migrationsOf } from '#platform/migrate.ts'
import type { Module } from '#web/module.ts'
import { beginUpload } from './actions/begin-upload.ts'
import { stageFile } from './actions/stage-file.ts'
import { removeReleased, sweepStaged } from './jobs.ts'
import { routes } from './routes.ts'
import { file } from './views/file.ts'

/**
 * Lists the kept files of all tenants, for who may see all of them (a backup): those that wait to be claimed too, not those
 * whose bytes are being removed.
 */
export const keptFiles = `
  select storage_key as key, size, sha256 from file where released_at is null
  union
  select storage_key, size, sha256 from staged_file where dropped_at is null and claimed_at is null`

export const files: Module = {
  name: 'files',
  routes,
  actions: [beginUpload, stageFile],
  views: [file],
  jobs: [removeReleased, sweepStaged],
  migrations: migrationsOf(
    'files',
    import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  ),
  // A file without a record that it belongs to is nothing: the modules above bring theirs.
  seed: async () => undefined,
  called: {
    module: '添付ファイル',
    acts: {
      'files.begin-upload': 'ファイルの受け取りを始める',
      'files.stage-file': 'ファイルを受け取る',
      'files.file': 'ファイルを見る',
    },
  },
  retention: [
    {
      table: 'arriving_file',
      keep: '48時間まで',
      from: 'ファイルを受け取り始めたとき',
      why: '途中で切れたファイルの残りを片付けるため',
    },
    {
      table: 'staged_file',
      keep: '48時間',
      from: 'ファイルを受け取ったとき（申請などに付けられたものは、付けられたとき）',
      why: '書きかけの申請を続けられるようにするため',
    },
    {
      table: 'file',
      keep: '付けられた記録と同じ期間',
      from: '申請などに付けられたとき',
      why: '記録の一部であり、記録が廃棄されるときに一緒に廃棄するため',
    },
  ],
}

export { claimFile } from './actions/claim-file.ts'
export { receiveUpload, type Upload, type UploadFault } from './actions/receive-upload.ts'
export { releaseFile } from './actions/release-file.ts'
export { sendFile } from './download-routes.tsx'
export { takeUpload, tokensIn, uploadFaults } from './form-files.ts'
export { type Limits, mostBytes, receivableEndings, uploadField } from './limits.ts'
export { filesAbout, type KeptFile } from './queries.ts'
export { type Opened, openFile } from './views/open-file.ts'
export { type StagedFile, stagedFile } from './views/staged-file.ts'
