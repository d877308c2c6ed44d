import type { ResourceType } from '@aws-sdk/client-ec2';

/** The value, or an error that says which part of an answer the emulator left out. */
export function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the emulator gave no ${what}`);
  return value;
}

/** The tag of a resource that EC2 makes; more tags by name. */
export const named = (type: ResourceType, name: string, more: Record<string, string> = {}) => [
  {
    ResourceType: type,
    Tags: Object.entries({ Name: name, ...more }).map(([Key, Value]) => ({ Key, Value })),
  },
];
