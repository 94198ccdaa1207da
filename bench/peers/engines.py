"""The engines: long-lived workers that answer requests, and whole processes that stylize one picture."""
import os
import subprocess
import sys
import time

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# On a machine without the SDK the benchmarks are elsewhere; see bench/card.sh.
BENCHMARKS = os.environ.get('WCT_BENCHMARKS') or os.path.join(ROOT, 'bench/Wct.Benchmarks/bin/Release/net10.0/Wct.Benchmarks')
WCT = os.path.join(ROOT, 'src/Wct.Cli/bin/Release/net10.0/wct')


def environment(threads):
    # The .NET settings are those with which the tool is built; the others set the threads of PyTorch's libraries.
    return os.environ | {
        'DOTNET_TieredCompilation': '0', 'DOTNET_gcConcurrent': '0',
        'OMP_NUM_THREADS': str(threads), 'OPENBLAS_NUM_THREADS': str(threads),
    }


class Worker:
    """A long-lived process. Its first output line is its description, the others are times in milliseconds."""

    def __init__(self, command, folder, threads):
        self.process = subprocess.Popen(
            [*command, folder, str(threads)], env=environment(threads), text=True, bufsize=1, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.description = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f'{self.process.args[0]} ended with {self.process.wait()}')
        return line.strip()

    def ask(self, line):
        self.process.stdin.write(line + '\n')
        return float(self.read())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Task:
    """One network of a worker."""

    def __init__(self, engine, worker, name):
        self.engine, self.worker, self.name = engine, worker, name
        self.rounding = 0.5 if name.startswith('cascade-') else 0  # Wct's results are bytes, the others' are not rounded

    def run(self):
        return self.worker.ask(f'run {self.name}')

    def output(self, scratch):
        self.worker.ask(f'save {self.name} {scratch}')
        return np.fromfile(scratch, np.float32)


class WholeProcess:
    """A program that reads two pictures and a model and writes a picture; its whole run is measured."""

    rounding = 0

    def __init__(self, engine, command, result, threads):
        self.engine, self.command, self.result, self.environment = engine, command, result, environment(threads)

    def run(self):
        start = time.perf_counter()
        subprocess.run(self.command, check=True, env=self.environment)
        return (time.perf_counter() - start) * 1000

    def output(self, scratch):
        return np.asarray(Image.open(self.result)).astype(np.float32).ravel()


def wct_worker(folder, threads, device='cpu', precision='single', benchmarks=BENCHMARKS):
    return Worker([benchmarks, 'peer', device, precision], folder, threads)


def built_in(checkout, program):
    """Returns the path of the same program, built in another checkout."""
    path = os.path.join(checkout, os.path.relpath(program, ROOT))
    if not os.path.exists(path):
        sys.exit(f'{path} is missing: build that checkout first, or let run.sh do it.')
    return path


def onnx_worker(folder, threads):
    return Worker(['node', os.path.join(HERE, 'onnx_worker.mjs')], folder, threads)


def torch_worker(folder, threads, device='cpu', precision='single'):
    return Worker([sys.executable, os.path.join(HERE, 'torch_worker.py'), device, precision], folder, threads)


def whole_processes(folder, threads, before=None):
    content, style, model, ours, theirs = (
        os.path.join(folder, name) for name in ('content.png', 'style.png', 'compact.safetensors', 'wct.png', 'other.png'))

    def wct(program, result):
        return [program, 'stylize', content, style, '--weights', model, '-o', result, '--threads', str(threads), '--quiet']

    first = WholeProcess('Wct', wct(WCT, ours), ours, threads)
    if before:
        return [first, WholeProcess('Wct before', wct(built_in(before, WCT), theirs), theirs, threads)]
    torch = [sys.executable, os.path.join(HERE, 'torch_worker.py'), 'stylize', model, content, style, theirs, str(threads)]
    return [first, WholeProcess('PyTorch', torch, theirs, threads)]
