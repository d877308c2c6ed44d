// Generated from the files of this folder by `npm run generate`.
import type { Control } from '../src/findings/control.ts';
import securityGroupDefaultClosed from './security-group/default-closed.ts';
import vpcPresent from './vpc/present.ts';

/** Every control, by id. */
export const catalogue: readonly Control[] = [securityGroupDefaultClosed, vpcPresent];
