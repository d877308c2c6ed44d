const HOURS_A_MONTH = 730;

/** What costs so many USD an hour, in whole USD a month. */
export const usdAMonth = (usdAnHour: number): number => Math.round(usdAnHour * HOURS_A_MONTH);
