"""Wct beside ONNX Runtime and PyTorch: the same networks, weights, inputs and threads, taking turns. See README.md."""
import argparse
import os
import subprocess
import sys
import tempfile

import report
from engines import BENCHMARKS, ROOT, Task, built_in, onnx_worker, torch_worker, wct_worker, whole_processes
from turns import LARGEST_ERROR, measure

PUBLISHED = os.path.join(os.path.dirname(ROOT), 'shared/models/compact16x')


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=9, help='turns that each engine takes')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--size', default='512x512', help="the pictures' width and height, multiples of 16")
    parser.add_argument('--device', default='cpu', help="cuda:N, opencl:N; PyTorch takes the same card, for OpenCL the processor")
    parser.add_argument('--precision', choices=LARGEST_ERROR, default='single', help='what convolutions on a card may compute in')
    parser.add_argument('--only', help='rows whose name contains this')
    parser.add_argument('--before', metavar='CHECKOUT', help='compare with the version that is built there instead of with other engines')
    parser.add_argument('--save', action='store_true', help='write bench/results/DEVICE/peers.md')
    return parser.parse_args()


class Engines:
    """The workers. Each is started when a row first needs it."""

    def __init__(self, folder, options):
        self.folder, self.options, self.started = folder, options, {}

    def task(self, title, name, engine, threads=None):
        threads = threads or self.options.threads
        if (engine, threads) not in self.started:
            self.started[engine, threads] = self.start(engine, threads)
        return Task(title, self.started[engine, threads], name)

    def start(self, engine, threads):
        device, precision = self.options.device, self.options.precision
        if engine == 'onnx':
            return onnx_worker(self.folder, threads)
        if engine == 'torch':
            return torch_worker(self.folder, threads, device if device.startswith('cuda') else 'cpu', precision)
        benchmarks = built_in(self.options.before, BENCHMARKS) if engine == 'before' else BENCHMARKS
        return wct_worker(self.folder, threads, device, precision, benchmarks)

    def close(self):
        for worker in self.started.values():
            worker.close()


def cases(engines, options):
    """Yields the titles of rows, and functions that create their tasks."""
    full = 'five levels, full-size, style included'
    both = [('Wct', 'wct'), ('PyTorch', 'torch')]

    def row(title, name, competitors):
        if options.before:
            competitors = [both[0], ('Wct before', 'before')]
        return title, lambda: [engines.task(engine, name, worker) for engine, worker in competitors]

    if options.device == 'cpu':
        yield row('full-size encoder to relu5_1', 'encoder', [both[0], ('ONNX Runtime', 'onnx'), both[1]])
        yield row('full-size decoder 5', 'decoder5', [both[0], ('ONNX Runtime', 'onnx'), both[1]])
    else:
        yield row('full-size encoder and decoder 5', 'encoder-decoder5', both)
    yield row(full, 'cascade-full', both)
    yield row('five levels, compact, style included', 'cascade-compact', both)
    if options.device == 'cpu':
        yield 'whole process, five levels, compact', lambda: whole_processes(engines.folder, options.threads, options.before)
        yield f'{full}: threads', lambda: [
            engines.task(title, 'cascade-full', 'wct', threads) for title, threads in ((f'Wct, {options.threads} threads', options.threads), ('Wct, 1 thread', 1))]


def main():
    options = arguments()
    before = report.load()
    with tempfile.TemporaryDirectory(prefix='wct-peers-') as folder:
        subprocess.run([BENCHMARKS, 'peer-folder', folder, *options.size.split('x'), PUBLISHED], check=True)
        engines = Engines(folder, options)
        results = []
        for title, competitors in cases(engines, options):
            if options.only is None or options.only in title:
                print(f'{title} ..', file=sys.stderr, flush=True)
                results.append((title, measure(competitors(), options.rounds, os.path.join(folder, 'output.f32'))))
        descriptions = list(dict.fromkeys(worker.description for worker in engines.started.values()))
        engines.close()
    limit = LARGEST_ERROR[options.precision]
    compact = 'published' if os.path.isdir(PUBLISHED) else 'random'
    text = '\n'.join([
        *report.head(options.size, options.threads, options.rounds, before, descriptions, ROOT, compact), *report.table(results, limit)]) + '\n'
    print(text)
    wrong = [f'{title}: {row.engine}' for title, rows in results for row in rows if not row.error <= limit]
    if wrong:
        sys.exit(f'differences beyond {limit:g}: {"; ".join(wrong)}')
    if options.save:
        target = os.path.join(ROOT, 'bench/results', report.device(descriptions[0] if descriptions else ''))
        os.makedirs(target, exist_ok=True)
        with open(os.path.join(target, 'peers.md'), 'w', encoding='utf-8') as file:
            file.write(text)


if __name__ == '__main__':
    main()
