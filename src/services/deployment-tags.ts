/** The tags of a deployment of API Gateway's stand in its description, since it can have none. */
export const describeTags = (tags: Readonly<Record<string, string>>): string =>
  Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');

/** The tags that a description holds. */
export const tagsOfDescription = (description = ''): Record<string, string> =>
  Object.fromEntries(
    [...description.matchAll(/(securecart:\w+)=(\S+)/g)].map(([, key, value]) => [key, value]),
  );
