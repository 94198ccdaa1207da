"""Feed-forward networks in PyTorch, from a file in Wct's own format (docs/networks.md): the layers are in its metadata."""
import torch
from torch.nn import functional

from wct_torch import read_tensors

ACTIVATIONS = {'none': lambda x: x, 'relu': torch.relu_, 'tanh': torch.tanh_, 'clamp': lambda x: x.clamp_(0, 1)}
PADDING = {'reflect': 'reflect', 'zero': 'constant', 'circular': 'circular'}


class StyleNetwork:
    """A network for pictures with one style."""

    def __init__(self, path, layout):
        self.weights, metadata = read_tensors(path)
        self.layout = layout
        for name, value in self.weights.items():
            if value.ndim == 4:
                self.weights[name] = value.contiguous(memory_format=layout)
        self.input = metadata['input']
        self.scales = [[float(number) for number in metadata[f'{which}_scale'].split()] for which in ('input', 'output')]
        self.layers = [self.layer(line) for line in metadata['layers'].splitlines()]
        # The last layer that reads a map frees it.
        self.last_reader = {name: own for own, _, inputs in self.layers for name in inputs}

    def layer(self, line):
        name, _, rest = line.partition(': ')
        operation, *words = rest.split()
        inputs = [word for word in words if '=' not in word]
        make = getattr(self, operation, None)
        if make is None:
            raise SystemExit(f"layer '{name}': PyTorch's side of this comparison has no operation '{operation}'")
        return name, make(name, dict(word.split('=') for word in words if '=' in word)), inputs

    def convolution(self, name, settings):
        weights, bias = self.weights[name + '.weight'], self.weights[name + '.bias']
        size, stride, same = weights.shape[-1], int(settings.get('stride', 1)), settings.get('alignment') == 'same'
        activate, mode = ACTIVATIONS[settings.get('activation', 'none')], PADDING[settings.get('padding', 'reflect')]
        bias = bias if bias.any() else None
        if settings.get('transposed') == 'true':
            weights = weights.transpose(0, 1).contiguous(memory_format=self.layout)
            first = (size - 2) // 2 if same else size // 2

            def transposed(x):
                y = functional.conv_transpose2d(x, weights, bias, stride=2, output_padding=1)
                return activate(y[..., first:first + 2 * x.shape[2], first:first + 2 * x.shape[3]])
            return transposed

        def pads(side):
            total = max((-(-side // stride) - 1) * stride + size - side, 0) if same else 2 * (size // 2)
            return [total // 2, total - total // 2]

        def convolve(x):
            (left, right), (top, bottom) = pads(x.shape[3]), pads(x.shape[2])
            if mode == 'constant' and left == right and top == bottom:
                return activate(functional.conv2d(x, weights, bias, stride=stride, padding=(top, left)))
            return activate(functional.conv2d(functional.pad(x, (left, right, top, bottom), mode), weights, bias, stride=stride))
        return convolve

    def instance_normalization(self, name, settings):
        scale, shift = self.weights[name + '.scale'][0], self.weights[name + '.shift'][0]
        epsilon, activate = float(settings.get('epsilon', 1e-5)), ACTIVATIONS[settings.get('activation', 'none')]
        # A group per channel is the same, and takes a third of instance_norm's time for large maps.
        return lambda x: activate(functional.group_norm(x, len(scale), scale, shift, epsilon))

    def upsample(self, name, settings):
        return lambda x: functional.interpolate(x, scale_factor=2, mode='nearest')

    def add(self, name, settings):
        return torch.add

    def __call__(self, pixels):
        """Takes [H, W, 3] bytes; returns the picture before it is rounded: [H, W, 3], 0 to 255."""
        (factor, offset), (out_factor, out_offset) = self.scales
        x = torch.from_numpy(pixels).permute(2, 0, 1)[None].to(torch.float32, memory_format=self.layout)
        maps = {self.input: x.mul_(factor / 255).add_(offset)}
        for name, run, inputs in self.layers:
            maps[name] = run(*(maps[own] for own in inputs))
            for own in inputs:
                if self.last_reader[own] == name:
                    maps.pop(own, None)
        y = maps[self.layers[-1][0]][0].mul_(out_factor).add_(out_offset).clamp_(0, 1).mul_(255)
        return y.permute(1, 2, 0).contiguous().numpy()
