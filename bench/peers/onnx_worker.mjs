// Runs ONNX Runtime on requests from standard input, one per line.
//   node onnx_worker.mjs FOLDER THREADS [COMMAND ...]
// FOLDER contains NAME.onnx, and inputs.safetensors with a tensor [channels, height, width] under each network's name.
// Commands are arguments, or lines of standard input:
//   run NAME        runs a network and answers with the time in milliseconds
//   save NAME FILE  runs it and writes its outputs, one after the other, as float32
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { performance } from 'node:perf_hooks';
import ort from 'onnxruntime-node';

const [folder, threads, ...given] = process.argv.slice(2);
const sessions = new Map();

function tensor(name) {
  const file = readFileSync(join(folder, 'inputs.safetensors'));
  const start = 8 + Number(file.readBigUInt64LE(0));
  const { shape, data_offsets: [from, to] } = JSON.parse(file.subarray(8, start))[name];
  const bytes = Uint8Array.prototype.slice.call(file, start + from, start + to);
  return new ort.Tensor('float32', new Float32Array(bytes.buffer), [1, ...shape]);
}

async function prepared(name) {
  if (!sessions.has(name)) {
    const session = await ort.InferenceSession.create(join(folder, `${name}.onnx`), {
      executionProviders: ['cpu'], intraOpNumThreads: Number(threads), interOpNumThreads: 1, graphOptimizationLevel: 'all',
    });
    sessions.set(name, { session, feeds: { [session.inputNames[0]]: tensor(name) } });
  }
  return sessions.get(name);
}

async function answer(line) {
  const [command, name, file] = line.split(' ');
  const { session, feeds } = await prepared(name);
  const start = performance.now();
  const outputs = await session.run(feeds);
  const milliseconds = performance.now() - start;
  if (command === 'save') {
    const views = session.outputNames.map((output) => outputs[output].data);
    writeFileSync(file, Buffer.concat(views.map((view) => Buffer.from(view.buffer, view.byteOffset, view.byteLength))));
  }
  return milliseconds.toFixed(3);
}

console.log(`ONNX Runtime ${ort.env.versions.node ?? ort.env.versions.common}`);
for await (const line of given.length > 0 ? given : createInterface({ input: process.stdin })) console.log(await answer(line));
