"""A decoder's training step by Wct and by PyTorch: the same weights, the same crops, taking turns; the losses must agree.

    dotnet build bench/Wct.Benchmarks -c Release && /usr/bin/python3 bench/peers/training.py [--level 3] [--crop 128] [--batch 8] [--rounds 9]

The step: features of the crops, decoded, features of what was decoded, loss (pixels and features), backwards, Adam. Prints pictures
per second and GFLOP/s of each, counted as the definition of a convolution has them, and the ratio of their medians.
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
from torch.nn import functional

PROGRAM = os.path.join(os.path.dirname(__file__), '../Wct.Benchmarks/bin/Release/net10.0/Wct.Benchmarks')
LAYERS = ['1_1', '1_2', 'P', '2_1', '2_2', 'P', '3_1', '3_2', '3_3', '3_4', 'P', '4_1', '4_2', '4_3', '4_4', 'P', '5_1']
RATE = 1e-4
WARM_UP = 8


def read_model(path):
    with open(path, 'rb') as file:
        header = json.loads(file.read(struct.unpack('<Q', file.read(8))[0]))
        data = file.read()
    types = {'F32': numpy.float32, 'F16': numpy.float16}
    return {name: torch.from_numpy(numpy.frombuffer(data[slice(*entry['data_offsets'])], types[entry['dtype']]).reshape(entry['shape']).astype('f4'))
            for name, entry in header.items() if name != '__metadata__'}


def conv(x, weights, name):
    return functional.conv2d(functional.pad(x, (1, 1, 1, 1), mode='reflect'), weights[name + '.weight'], weights[name + '.bias'])


class Torch:
    """The training step in PyTorch, for the whole batch at once."""

    def __init__(self, model, crops, level, threads, channels_last):
        torch.set_num_threads(threads)
        self.names = LAYERS[:LAYERS.index(f'{level}_1') + 1]
        part = lambda prefix: {name[len(prefix):]: tensor.clone() for name, tensor in model.items() if name.startswith(prefix)}
        self.encoder, self.decoder = part('encoder.'), part(f'decoder{level}.')
        self.crops = torch.from_numpy(crops)
        if channels_last:
            self.crops = self.crops.contiguous(memory_format=torch.channels_last)
            for weights in (self.encoder, self.decoder):
                for name in weights:
                    if weights[name].ndim == 4:
                        weights[name] = weights[name].contiguous(memory_format=torch.channels_last)
        self.parameters = [tensor.requires_grad_() for tensor in self.decoder.values()]
        self.optimizer = torch.optim.Adam(self.parameters, lr=RATE)

    def encode(self, x):
        x = functional.conv2d(x, self.encoder['conv0.weight'], self.encoder['conv0.bias'])
        for name in self.names:
            x = functional.max_pool2d(x, 2) if name == 'P' else functional.relu(conv(x, self.encoder, 'conv' + name))
        return x

    def decode(self, x):
        for name in self.names[::-1]:
            if name == 'P':
                x = functional.interpolate(x, scale_factor=2, mode='nearest')
            else:
                x = conv(x, self.decoder, 'conv' + name)
                x = x if name == '1_1' else functional.relu(x)
        return x

    def __call__(self):
        start = time.perf_counter()
        with torch.no_grad():
            target = self.encode(self.crops)
        decoded = self.decode(target)
        loss = functional.mse_loss(decoded, self.crops) + functional.mse_loss(self.encode(decoded), target)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return (time.perf_counter() - start) * 1e3, float(loss)


class Wct:
    def __init__(self, model, crops, side, level, threads):
        self.process = subprocess.Popen(
            [PROGRAM, 'training-worker', model, crops, str(side), str(level), str(threads), str(RATE)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self):
        self.process.stdin.write('step\n')
        self.process.stdin.flush()
        milliseconds, loss = map(float, self.process.stdout.readline().split())
        return milliseconds, loss

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def operations(model, level, side):
    """Returns additions and multiplications per picture: the encoder three times (two forward, one backward), the decoder three times."""
    total, scale = 0, 1
    for name in LAYERS[:LAYERS.index(f'{level}_1') + 1]:
        if name == 'P':
            scale *= 2
        else:
            weights = model[f'encoder.conv{name}.weight'].numel() + model[f'decoder{level}.conv{name}.weight'].numel()
            total += 3 * 2 * weights * (side // scale) ** 2
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--level', type=int, default=3)
    parser.add_argument('--crop', type=int, default=128)
    parser.add_argument('--batch', type=int, default=8)
    parser.add_argument('--rounds', type=int, default=9)
    parser.add_argument('--threads', type=int, default=os.cpu_count())
    parser.add_argument('--widths', type=int, nargs='+', default=[16, 32, 64, 128, 128])
    parser.add_argument('--channels-last', action='store_true', help="PyTorch's other memory layout")
    options = parser.parse_args()
    crops = numpy.random.default_rng(1).random((options.batch, 3, options.crop // 8, options.crop // 8), 'f4')
    crops = numpy.ascontiguousarray(crops.repeat(8, 2).repeat(8, 3))
    with tempfile.TemporaryDirectory() as folder:
        model_path, crops_path = os.path.join(folder, 'model.safetensors'), os.path.join(folder, 'crops.f32')
        subprocess.run([PROGRAM, 'random-model', model_path, *map(str, options.widths[:options.level])], check=True)
        crops.tofile(crops_path)
        model = read_model(model_path)
        engines = {'Wct': Wct(model_path, crops_path, options.crop, options.level, options.threads),
                   'PyTorch': Torch(model, crops, options.level, options.threads, options.channels_last)}
        times = {name: [] for name in engines}
        # The first rounds warm up: the runtime compiles, and recompiles methods that are called often.
        for turn in range(-WARM_UP, options.rounds):
            losses = {}
            for name, engine in engines.items():
                # Gives threads that spin while waiting for work the time to stop.
                time.sleep(0.1)
                milliseconds, losses[name] = engine()
                if turn >= 0:
                    times[name].append(milliseconds)
            # The first loss depends only on the forward pass, later ones also on gradients. Those losses drift apart: for a gradient near
            # zero, the sign of the rounding error decides the direction in which Adam moves the weight.
            limit = 1e-5 if turn == -WARM_UP else 1e-2
            assert abs(losses['Wct'] - losses['PyTorch']) < limit * losses['PyTorch'], losses
        engines['Wct'].close()
    gflop = operations(model, options.level, options.crop) * options.batch / 1e9
    print(f'level {options.level}, widths {options.widths[:options.level]}, {options.batch} crops of {options.crop}, {options.threads} threads, '
          f'{gflop:.1f} GFLOP a step, last losses {losses["Wct"]:.7g} and {losses["PyTorch"]:.7g}')
    for name in engines:
        median = numpy.median(times[name])
        print(f'{name:8} {median:8.1f} ms a step, {options.batch / median * 1e3:7.1f} pictures/s, {gflop / median * 1e3:7.1f} GFLOP/s '
              f'({min(times[name]):.1f} to {max(times[name]):.1f} ms)')
    print(f'ratio {numpy.median(times["PyTorch"]) / numpy.median(times["Wct"]):.2f}')


if __name__ == '__main__':
    main()
