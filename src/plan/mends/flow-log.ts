import { buildFlowLog } from '../provision/flow-log.ts';
import { standIn } from '../provision/part.ts';
import { causeOf, type Planner } from '../scene.ts';

/** Creates the VPC's flow log as an apply does, with the log group and the role that it delivers by. */
export const flowLogs: Planner = {
  controls: ['vpc/flow-logs'],
  needs: ['logs.logGroups', 'iam.roles'],
  plan: (scene, failing) => {
    const { region } = scene;
    const causes = failing.map(causeOf);
    const {
      mends = [],
      fingerprints = [],
      leftAlone = [],
    } = buildFlowLog(scene, standIn(`flow-log-${region}`));
    return {
      mends: mends.map(mend => ({ ...mend, id: `flow-log/${region}`, for: causes })),
      fingerprints,
      leftAlone: leftAlone.map(item => ({ ...item, for: causes })),
    };
  },
};
