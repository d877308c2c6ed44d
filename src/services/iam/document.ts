import { Json } from '../../model/json.ts';

/** A policy as IAM gives it: as a URL would hold it (API_GetRole). Throws where it is no JSON. */
export const document = (text: string): Json => Json.parse(JSON.parse(decodeURIComponent(text)));
