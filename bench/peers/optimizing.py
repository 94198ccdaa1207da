"""Style transfer by optimizing pixels, by Wct and by PyTorch: the same network, pictures and weights, taking turns; the losses must agree.

    dotnet build bench/Wct.Benchmarks -c Release && /usr/bin/python3 bench/peers/optimizing.py [--size 512] [--steps 5] [--rounds 5]

A step of L-BFGS (history 10, strong Wolfe line search) usually evaluates the loss once: VGG-19 to relu4_1 forwards, Gram matrices at four
taps, content and total variation, and backwards to the pixels. Prints the time per evaluation, the optimizer's own work included, and the
ratio of the medians. Without ../shared the network is a random one of the same widths.
"""
import argparse
import os
import subprocess
import tempfile
import time

import numpy
import torch
from PIL import Image
from torch.nn import functional

from training import LAYERS, PROGRAM, conv, read_model

HERE = os.path.dirname(os.path.abspath(__file__))
VGG = os.path.join(HERE, '../../../shared/models/vgg19-relu4/encoder_relu4_1.safetensors')
WEIGHTS = {'style': 100.0, 'content': 0.5, 'variation': 0.1}
WARM_UP = 2


def load(path):
    return torch.from_numpy(numpy.asarray(Image.open(path).convert('RGB'), 'f4') / 255).permute(2, 0, 1)[None].contiguous()


def gram(features):
    flat = features[0].flatten(1)
    return flat @ flat.t() / flat.shape[1]


class Torch:
    """The same losses in PyTorch, with its own L-BFGS."""

    def __init__(self, model, content, style, threads, channels_last):
        torch.set_num_threads(threads)
        self.layout = torch.channels_last if channels_last else torch.contiguous_format
        self.weights = {name: value.contiguous(memory_format=self.layout) if value.ndim == 4 else value for name, value in model.items()}
        with torch.no_grad():
            self.grams = [gram(features) for features in self.taps(load(style))]
            self.content = self.taps(load(content))[-1]
        self.picture = load(content).contiguous(memory_format=self.layout).requires_grad_()

    def taps(self, x):
        x = functional.conv2d(x, self.weights['conv0.weight'], self.weights['conv0.bias'])
        found = []
        for name in LAYERS[:LAYERS.index('4_1') + 1]:
            x = functional.max_pool2d(x, 2) if name == 'P' else functional.relu(conv(x, self.weights, 'conv' + name))
            if name.endswith('_1'):
                found.append(x)
        return found

    def loss(self):
        x, found = self.picture, self.taps(self.picture)
        style = sum(((gram(features) - target) ** 2).sum() / (4 * features.shape[1] ** 2) for features, target in zip(found, self.grams))
        content = ((found[-1] - self.content) ** 2).mean() / 2
        variation = (((x[..., 1:, :] - x[..., :-1, :]) ** 2).sum() + ((x[..., 1:] - x[..., :-1]) ** 2).sum()) / x.numel()
        return WEIGHTS['style'] * style / len(found) + WEIGHTS['content'] * content + WEIGHTS['variation'] * variation

    def __call__(self, steps):
        if not hasattr(self, 'optimizer'):
            self.optimizer = torch.optim.LBFGS(
                [self.picture], max_iter=steps, history_size=10, line_search_fn='strong_wolfe', tolerance_grad=0, tolerance_change=0)
        evaluations = 0

        def closure():
            nonlocal evaluations
            self.optimizer.zero_grad()
            loss = self.loss()
            loss.backward()
            evaluations += 1
            return loss

        start = time.perf_counter()
        self.optimizer.step(closure)
        milliseconds = (time.perf_counter() - start) * 1e3
        with torch.no_grad():
            return milliseconds, evaluations, float(self.loss())


class Wct:
    def __init__(self, network, content, style, threads):
        self.process = subprocess.Popen(
            [PROGRAM, 'optimize-worker', network, content, style, *map(str, WEIGHTS.values()), str(threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, steps):
        self.process.stdin.write(f'{steps}\n')
        self.process.stdin.flush()
        milliseconds, evaluations, loss = map(float, self.process.stdout.readline().split())
        return milliseconds, int(evaluations), loss

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--size', type=int, default=512)
    parser.add_argument('--steps', type=int, default=5, help='steps in each turn')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--threads', type=int, default=os.cpu_count())
    parser.add_argument('--channels-last', action='store_true', help="PyTorch's other memory layout")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        network = VGG
        if not os.path.exists(network):
            network = os.path.join(folder, 'model.safetensors')
            subprocess.run([PROGRAM, 'random-model', network, '64', '128', '256', '512'], check=True)
        model = {name.removeprefix('encoder.'): value for name, value in read_model(network).items()}
        paths = {}
        for name, sample in (('content', 'landscape.jpg'), ('style', 'mosaic.jpg')):
            paths[name] = os.path.join(folder, name + '.png')
            picture = Image.open(os.path.join(HERE, '../../samples', sample)).convert('RGB')
            picture.resize((options.size, options.size)).save(paths[name])
        engines = {'Wct': Wct(network, paths['content'], paths['style'], options.threads),
                   'PyTorch': Torch(model, paths['content'], paths['style'], options.threads, options.channels_last)}
        times, losses = {name: [] for name in engines}, {}
        for turn in range(-WARM_UP, options.rounds):
            for name, engine in engines.items():
                # Gives threads that spin while waiting for work the time to stop.
                time.sleep(0.1)
                milliseconds, evaluations, losses[name] = engine(options.steps)
                if turn >= 0:
                    times[name].append(milliseconds / evaluations)
        engines['Wct'].close()
    steps = (WARM_UP + options.rounds) * options.steps
    print(f'{options.size}x{options.size}, relu1_1 to relu4_1, {options.threads} threads; losses after {steps} steps: '
          + ', '.join(f'{name} {loss:.5g}' for name, loss in losses.items()))
    # The engines choose different first steps, and go different ways from there.
    assert losses['Wct'] < 1.15 * losses['PyTorch'], losses
    for name in engines:
        print(f'{name:8} {numpy.median(times[name]):8.1f} ms per evaluation ({min(times[name]):.1f} to {max(times[name]):.1f} ms)')
    print(f'ratio {numpy.median(times["PyTorch"]) / numpy.median(times["Wct"]):.2f}')


if __name__ == '__main__':
    main()
