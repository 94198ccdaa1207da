"""Feed-forward networks (Johnson et al. 2016) by Wct, ONNX Runtime and PyTorch: the same network and photo, taking turns; the pictures must
agree.

    bash bench/peers/run.sh networks [--network FILE | --widths 32 64 128] [--sizes 1024x1024 ...] [--threads 2] [--rounds 9]

Wct and PyTorch take a picture of bytes and return one. ONNX Runtime takes and returns floats; converting them isn't measured. Without
../shared and --network, the network is a random one of the published widths.
"""
import argparse
import json
import os
import struct
import subprocess
import tempfile
import time

import numpy
import torch
from PIL import Image

import report
from engines import BENCHMARKS, HERE, ROOT, WCT, Task, onnx_worker, wct_worker
from torch_network import StyleNetwork
from turns import measure

NETWORK = os.path.join(os.path.dirname(ROOT), 'shared/models/johnson/wave.safetensors')
PHOTO = os.path.join(HERE, '../../samples/landscape.jpg')
WIDTHS = ['32', '64', '128']
# Milliseconds on a GeForce GTX Titan X, by the picture's side: Johnson et al. 2016, table 1. Their networks have the same layers, with batch
# normalization instead of instance normalization.
PAPER = {256: 15, 512: 50, 1024: 210}
# Each engine rounds in its own way, so a value near the middle between two bytes may become either.
LARGEST_DIFFERENCE = 1


class Torch:
    """The network in PyTorch, as a competitor in turns."""

    rounding = 0.5

    def __init__(self, folder, photo):
        self.photo = photo
        self.engine, self.network = min(self.layouts(folder), key=lambda own: min(self.time(own[1]) for _ in range(3)))

    @staticmethod
    def layouts(folder):
        path = os.path.join(folder, 'network.safetensors')
        return [
            ('PyTorch', StyleNetwork(path, torch.contiguous_format)),
            ('PyTorch, channels last', StyleNetwork(path, torch.channels_last)),
        ]

    def time(self, network):
        start = time.perf_counter()
        (network(self.photo) + 0.5).astype(numpy.uint8)
        return (time.perf_counter() - start) * 1000

    def run(self):
        return self.time(self.network)

    def output(self, scratch):
        return self.network(self.photo).ravel()


class Onnx(Task):
    """The network in ONNX Runtime: planes in 0..1."""

    rounding = 0.5

    def output(self, scratch):
        planes = super().output(scratch)
        return planes.reshape(3, -1).T.clip(0, 1).ravel() * 255


def write_inputs(path, photo):
    """Writes the photo as a safetensors file with the tensor "network" [3, H, W] in 0..1."""
    planes = numpy.ascontiguousarray(photo.transpose(2, 0, 1), 'f4') / 255
    header = json.dumps({'network': {'dtype': 'F32', 'shape': planes.shape, 'data_offsets': [0, planes.nbytes]}}).encode()
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(header)) + header + planes.tobytes())


def prepare(folder, options, size):
    """Writes the files that all engines read. Returns the photo."""
    photo = numpy.array(Image.open(PHOTO).convert('RGB').resize(size, Image.Resampling.LANCZOS))
    Image.fromarray(photo).save(os.path.join(folder, 'content.png'))
    write_inputs(os.path.join(folder, 'inputs.safetensors'), photo)
    network = os.path.join(folder, 'network.safetensors')
    source = [options.network] if options.network else options.widths
    subprocess.run([BENCHMARKS, 'peer-network', network, str(not options.upsampling), *source], check=True)
    subprocess.run([WCT, 'weights', 'export', network, '--onnx', '-o', folder], check=True, stdout=subprocess.DEVNULL)
    return photo


def compare(options, size):
    """Returns a row per engine, and the largest difference of a byte to Wct's picture."""
    with tempfile.TemporaryDirectory(prefix='wct-peers-') as folder:
        photo = prepare(folder, options, size)
        workers = [wct_worker(folder, options.threads), onnx_worker(folder, options.threads)]
        wct = Task('Wct', workers[0], 'network')
        wct.rounding = 0.5
        competitors = [wct, Onnx('ONNX Runtime', workers[1], 'network'), Torch(folder, photo)]
        scratch = os.path.join(folder, 'output.f32')
        rows = measure(competitors, options.rounds, scratch)
        pictures = [(competitor.output(scratch) + 0.5).astype(numpy.uint8).astype(int) for competitor in competitors]
        for worker in workers:
            worker.close()
        return rows, [int(abs(picture - pictures[0]).max()) for picture in pictures], [worker.description for worker in workers]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        '--network', help="a file that 'wct apply' takes, with one style", default=NETWORK if os.path.exists(NETWORK) else None)
    parser.add_argument('--widths', nargs=3, help='channels of a random network instead, at full, half and quarter size')
    parser.add_argument('--upsampling', action='store_true', help='the random network upsamples instead of using transposed convolutions')
    parser.add_argument('--sizes', nargs='+', default=['1024x1024'], help="the pictures' width and height")
    parser.add_argument('--rounds', type=int, default=9, help='turns that each engine takes')
    parser.add_argument('--threads', type=int, default=2)
    options = parser.parse_args()
    if options.widths or not options.network:
        options.network, options.widths = None, options.widths or WIDTHS
    torch.set_num_threads(options.threads)
    name = os.path.basename(options.network) if options.network else f'random network of widths {", ".join(options.widths)}'
    print(f'{name}, {options.threads} threads, medians of {options.rounds} turns. {report.cpu()}, load average {report.load()}.\n')
    lines, descriptions, wrong = [], [], []
    with torch.inference_mode():
        for text in options.sizes:
            size = tuple(map(int, text.split('x')))
            rows, differences, descriptions = compare(options, size)
            for row, difference in zip(rows, differences):
                lines.append(f'| {text if row is rows[0] else ""} | {row.engine} | {report.digits(row.median)} ms '
                             f'| {report.digits(min(row.times))} | {report.digits(max(row.times))} | {row.ratio:.2f} | {difference} |')
                if difference > LARGEST_DIFFERENCE:
                    wrong.append(f'{text}: {row.engine} {difference}')
            if size[0] == size[1] and size[0] in PAPER:
                paper = PAPER[size[0]]
                lines.append(f'| | Johnson et al. 2016, GTX Titan X | {paper} ms | | | {paper / rows[0].median:.2f} | |')
    print('\n'.join(f'* {description}' for description in [*descriptions, f'PyTorch {torch.__version__}']) + '\n')
    print('| size | engine | median | fastest | slowest | ratio to Wct | largest difference of a byte |')
    print('| --- | --- | ---: | ---: | ---: | ---: | ---: |')
    print('\n'.join(lines))
    if wrong:
        raise SystemExit(f'pictures differ by more than {LARGEST_DIFFERENCE}: {"; ".join(wrong)}')


if __name__ == '__main__':
    main()
