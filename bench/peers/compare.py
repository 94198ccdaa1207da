"""Wct beside ONNX Runtime and PyTorch: the same networks, weights, inputs and threads, taking turns. See README.md."""
import argparse
import os
import subprocess
import sys
import tempfile

import report
from engines import BENCHMARKS, ROOT, Task, onnx_worker, torch_worker, wct_worker, whole_processes
from turns import LARGEST_ERROR, measure

PUBLISHED = os.path.join(os.path.dirname(ROOT), 'shared/models/compact16x')


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=9, help='turns that each engine takes')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--side', type=int, default=512, help="pixels of the pictures' sides, a multiple of 16")
    parser.add_argument('--only', help='rows whose name contains this')
    parser.add_argument('--save', action='store_true', help='write bench/results/DEVICE/peers.md')
    return parser.parse_args()


def cases(folder, threads, workers):
    wct, torch, onnx, single = workers
    full = 'five levels, full-size, style included'
    network = 'full-size encoder to relu5_1', 'full-size decoder 5'
    for title, task in zip(network, ('encoder', 'decoder5')):
        yield title, [Task('Wct', wct, task), Task('ONNX Runtime', onnx, task), Task('PyTorch', torch, task)]
    yield full, [Task('Wct', wct, 'cascade-full'), Task('PyTorch', torch, 'cascade-full')]
    yield 'five levels, compact, style included', [Task('Wct', wct, 'cascade-compact'), Task('PyTorch', torch, 'cascade-compact')]
    yield 'whole process, five levels, compact', whole_processes(folder, threads)
    yield f'{full}: threads', [Task(f'Wct, {threads} threads', wct, 'cascade-full'), Task('Wct, 1 thread', single, 'cascade-full')]


def main():
    options = arguments()
    before = report.load()
    with tempfile.TemporaryDirectory(prefix='wct-peers-') as folder:
        subprocess.run([BENCHMARKS, 'peer-folder', folder, str(options.side), PUBLISHED], check=True)
        workers = [start(folder, options.threads) for start in (wct_worker, torch_worker, onnx_worker)] + [wct_worker(folder, 1)]
        results = []
        for title, competitors in cases(folder, options.threads, workers):
            if options.only is None or options.only in title:
                print(f'{title} ..', file=sys.stderr, flush=True)
                results.append((title, measure(competitors, options.rounds, os.path.join(folder, 'output.f32'))))
        for worker in workers:
            worker.close()
    compact = 'published' if os.path.isdir(PUBLISHED) else 'random'
    text = '\n'.join([
        *report.head(options.side, options.threads, options.rounds, before, [worker.description for worker in workers[:3]], ROOT, compact),
        *report.table(results)]) + '\n'
    print(text)
    wrong = [f'{title}: {row.engine}' for title, rows in results for row in rows if not row.error <= LARGEST_ERROR]
    if wrong:
        sys.exit(f'differences beyond {LARGEST_ERROR:g}: {"; ".join(wrong)}')
    if options.save:
        target = os.path.join(ROOT, 'bench/results', report.device())
        os.makedirs(target, exist_ok=True)
        with open(os.path.join(target, 'peers.md'), 'w', encoding='utf-8') as file:
            file.write(text)


if __name__ == '__main__':
    main()
