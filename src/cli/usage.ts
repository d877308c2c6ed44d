import { SecureCartError } from '../model/error.ts';

/** The error of a command line that cannot be meant so; `suggestion` is what would be right. */
export const usageError = (detail: string, suggestion?: string): SecureCartError =>
  new SecureCartError('usage', detail, suggestion === undefined ? {} : { suggestion });
