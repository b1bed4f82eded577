import { type Actor, holds } from '#core/policy.ts'
import type { RailItem } from '#web/module.ts'
import { ja } from './words.ja.ts'

/** A place of the rail's group 管理, for whoever administers unless said otherwise. */
export const administrationLine = (
  item: Omit<RailItem, 'group' | 'allow'>,
  allow = (actor: Actor) => holds(actor, 'administrator'),
): RailItem => ({ group: ja.administration, ...item, allow })
