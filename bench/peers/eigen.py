"""Eigendecompositions of covariances by Wct, LAPACK's dsyevd (numpy) and MathNet, one thread each, taking turns.

    dotnet build bench/Wct.Benchmarks -c Release && /usr/bin/python3 bench/peers/eigen.py [--sizes 32 128 256 512] [--rounds 15]

Prints each engine's median in milliseconds, the time of its first call in a new process, and Wct's median over LAPACK's.
"""
import argparse
import os
import subprocess
import tempfile
import time

os.environ['OPENBLAS_NUM_THREADS'] = '1'
import numpy  # noqa: E402: numpy reads the number of threads when it is imported

PROGRAM = os.path.join(os.path.dirname(__file__), '../Wct.Benchmarks/bin/Release/net10.0/Wct.Benchmarks')


class Worker:
    """The benchmark program, which runs one engine."""

    def __init__(self, engine):
        self.engine = engine
        self.process = subprocess.Popen([PROGRAM, 'eigen-worker'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, path, _):
        self.process.stdin.write(f'{self.engine} {path}\n')
        self.process.stdin.flush()
        milliseconds, largest = map(float, self.process.stdout.readline().split())
        return milliseconds, largest

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def lapack(_, matrix):
    start = time.perf_counter()
    values, _ = numpy.linalg.eigh(matrix)
    return (time.perf_counter() - start) * 1e3, values[-1]


def first_call(engine, path):
    worker = Worker(engine)
    milliseconds, _ = worker(path, None)
    worker.close()
    return milliseconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--sizes', type=int, nargs='+', default=[32, 128, 256, 512])
    parser.add_argument('--rounds', type=int, default=15)
    options = parser.parse_args()
    engines = {'Wct': Worker('Wct'), 'LAPACK': lapack, 'MathNet': Worker('MathNet')}
    print(f'{"n":>5} {"Wct":>9} {"LAPACK":>9} {"MathNet":>9} {"Wct/LAPACK":>11} {"Wct, first call":>16} {"MathNet, first call":>20}')
    with tempfile.TemporaryDirectory() as folder:
        for n in options.sizes:
            samples = numpy.random.default_rng(n).random((2 * n, n)) - 0.5
            matrix, path = samples.T @ samples, os.path.join(folder, f'{n}.f64')
            matrix.tofile(path)
            expected = numpy.linalg.norm(matrix, 2)
            times = {name: [] for name in engines}
            # The first rounds warm up: the runtime compiles, and recompiles methods that are called often.
            for turn in range(-40 if n < 256 else -5, options.rounds):
                for name, engine in engines.items():
                    milliseconds, largest = engine(path, matrix)
                    assert abs(largest - expected) < 1e-11 * expected, name
                    if turn >= 0:
                        times[name].append(milliseconds)
            medians = {name: numpy.median(times[name]) for name in engines}
            print(f'{n:5} ' + ' '.join(f'{medians[name]:9.3f}' for name in engines) + f' {medians["Wct"] / medians["LAPACK"]:11.2f} '
                  f'{first_call("Wct", path):16.1f} {first_call("MathNet", path):20.1f}', flush=True)
    engines['Wct'].close()
    engines['MathNet'].close()


if __name__ == '__main__':
    main()
