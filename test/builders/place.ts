/** The account and the Region of the shop. */
export const OWNER = '111122223333';
export const REGION = 'eu-west-1';
