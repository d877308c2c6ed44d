import { CallError } from '../aws/errors.ts';

/** What `read` gives; null where AWS answers with the error `code`, the one by which it says that there is no such thing. */
export async function nullOn<T>(code: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CallError && error.code === code) return null;
    throw error;
  }
}
