import type { Cluster } from './places.js';
import type { DemoRows } from './plain.js';
import type { Seeded } from './seeded.js';

export interface School {
  readonly schoolId: string;
  readonly clusterId: string;
  readonly name: string;
  readonly kind: 'primary' | 'secondary' | 'special';
  readonly clusterName: string;
}

export interface Grounds {
  readonly schools: readonly School[];
  readonly rows: { readonly cluster: DemoRows<'cluster'>; readonly school: DemoRows<'school'> };
}

export function layOut(random: Seeded, authorityId: string, clusters: readonly Cluster[]): Grounds {
  const placed = clusters.map((cluster) => ({ ...cluster, clusterId: random.id() }));
  const schools = placed.flatMap((cluster) => {
    const school = (name: string, kind: School['kind']): School => {
      return { schoolId: random.id(), clusterId: cluster.clusterId, clusterName: cluster.name, name, kind };
    };
    return [
      school(cluster.secondary, 'secondary'),
      ...cluster.primaries.map((name) => school(name, 'primary')),
      ...(cluster.special ? [school(cluster.special, 'special')] : []),
    ];
  });
  return {
    schools,
    rows: {
      cluster: placed.map(({ clusterId, name }) => ({ authority_id: authorityId, cluster_id: clusterId, name })),
      school: schools.map(({ schoolId, clusterId, name, kind, clusterName }) => ({
        ...{ authority_id: authorityId, school_id: schoolId, cluster_id: clusterId, name, kind },
        ...{ locality: clusterName, ended_on: null },
      })),
    },
  };
}
