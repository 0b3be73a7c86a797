import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service, ServiceAccount } from 'kubernetes-models/v1';

/** The schemas of the Kubernetes API, as far as a deployment needs them. */
const MODELS = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  HTTPRoute,
  Job,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
};

/** An object as a manifest has it. */
export interface KubernetesObject extends Record<string, unknown> {
  readonly apiVersion: string;
  readonly kind: keyof typeof MODELS;
}

/** Throws when the object is none of its kind and version of the Kubernetes API. */
export function checkKubernetesObject({ apiVersion, kind, ...rest }: KubernetesObject): void {
  // Each takes its own kind of object; which one this is has still to be found out.
  const Model = MODELS[kind] as new (described: object) => { apiVersion: string; validate(): void };
  if (!Model) throw new Error(`There is no schema for ${kind}.`);
  const made = new Model(rest);
  if (made.apiVersion !== apiVersion) throw new Error(`${kind} is ${made.apiVersion}, not ${apiVersion}.`);
  made.validate();
}
