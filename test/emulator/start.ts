import { startMoto } from './moto.ts';

// A process of its own that holds a moto, for the test that kills it.
const { pid } = await startMoto();
console.log(pid);
