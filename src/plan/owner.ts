/** Who else writes a resource, by its tags: the stack or the tool that would put back what is changed here. */
export function managerOf(tags: Readonly<Record<string, string>>): string | undefined {
  const stack = tags['aws:cloudformation:stack-name'];
  if (stack !== undefined) return `CloudFormation stack ${stack}`;
  const sign = Object.entries(tags).find(
    ([key, value]) =>
      /^terraform$|^tf[-_:]/i.test(key) ||
      (/manage|provision|creat/i.test(key) && /terraform|tofu/i.test(value)),
  );
  return sign === undefined ? undefined : `Terraform (tag ${sign[0]}=${sign[1]})`;
}
