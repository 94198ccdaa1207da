"""Writes the networks in the formats in which such networks were published: both forms of PyTorch's .pth, and Torch7's .t7."""
import os
import struct
from collections import OrderedDict
import numpy as np
import torch

import networks


def tensors(layers, key):
    """Returns each layer's weight and bias under the name that key returns for the layer's name."""
    return OrderedDict((f'{key(name)}.{part}', torch.from_numpy(array)) for name, pair in layers.items() for part, array in zip(('weight', 'bias'), pair))


def compact(folder):
    """{L}SE.pth and {L}SD.pth: names without '_', in PyTorch's older form; encoders have an additional layer that is not needed."""
    os.makedirs(folder, exist_ok=True)
    model = networks.compact()
    for level in model.levels:
        plain = lambda name: name.replace('_', '')
        encoder = tensors(model.encoders[level].layers, plain)
        encoder['conv11_aux.weight'] = torch.ones(8, 4, 1, 1)
        old = dict(_use_new_zipfile_serialization=False)
        # Some files are checkpoints, in which the state is one level deeper.
        torch.save({'model': encoder} if level % 2 else encoder, f'{folder}/{level}SE.pth', **old)
        torch.save(tensors(model.decoders[level].layers, plain), f'{folder}/{level}SD.pth', **old)


def sequential(folder):
    """vgg_normalised_conv{L}_1.pth and feature_invertor_conv{L}_1.pth: layers by number in a Sequential, in the current zip form."""
    os.makedirs(folder, exist_ok=True)
    model = networks.sequential()
    for level in model.levels:
        for layers, name in ((encoder_up_to(model, level), 'vgg_normalised'), (model.decoders[level].layers, 'feature_invertor')):
            # As in the published files, a padding precedes each convolution and a ReLU follows it.
            numbers = {layer: str(3 * i + 1) for i, layer in enumerate(layers)}
            torch.save(tensors(layers, numbers.get), f'{folder}/{name}_conv{level}_1.pth')


def torch7(folder):
    """The first two levels of the same networks in Torch7's binary form."""
    os.makedirs(folder, exist_ok=True)
    model = networks.sequential()
    for level in (2, 1):
        encoder, decoder = encoder_up_to(model, level), model.decoders[level]
        for layers, order, name in ((encoder, ['conv0', *networks.encoder_table(level)], 'vgg_normalised'), (decoder.layers, decoder.table, 'feature_invertor')):
            modules = []
            for layer in order:
                modules += convolution(layer, layers[layer], order[-1] == layer and name == 'feature_invertor') if layer else [between(name)]
            with open(f'{folder}/{name}_conv{level}_1.t7', 'wb') as file:
                file.write(Lua().value(module('nn.Sequential', modules=modules)))


def encoder_up_to(model, level):
    wanted = {'conv0', *networks.encoder_table(level)}
    return {name: pair for name, pair in model.encoders[level].layers.items() if name in wanted}


def module(kind, **fields): return kind, {'_type': 'torch.FloatTensor', 'train': False, 'output': np.zeros(0, np.float32), **fields}


def between(network):
    if network == 'vgg_normalised':
        return module('nn.SpatialMaxPooling', kW=2, kH=2, dW=2, dH=2, padW=0, padH=0, ceil_mode=False)
    return module('nn.SpatialUpSamplingNearest', scale_factor=2)


def convolution(name, pair, last):
    side, (outputs, inputs) = pair[0].shape[2], pair[0].shape[:2]
    sizes = dict(nInputPlane=inputs, nOutputPlane=outputs, kW=side, kH=side, dW=1, dH=1, padW=0, padH=0)
    made = [module('nn.SpatialReflectionPadding', pad_l=1, pad_r=1, pad_t=1, pad_b=1)] if side == 3 else []
    made.append(module('nn.SpatialConvolution', weight=pair[0], bias=pair[1], **sizes))
    return made if name == 'conv0' or last else [*made, module('nn.ReLU', threshold=0, val=0, inplace=True)]


class Lua:
    """Torch7's serialization, written from its description: a type, an index for objects, then the content."""

    def __init__(self): self.objects = 0

    def value(self, value):
        if isinstance(value, bool):
            return struct.pack('<ii', 5, value)
        if isinstance(value, (int, float)):
            return struct.pack('<id', 1, value)
        if isinstance(value, str):
            return struct.pack('<i', 2) + self.text(value)
        if isinstance(value, np.ndarray):
            return self.tensor(np.ascontiguousarray(value, np.float32))
        if isinstance(value, list):
            value = {i: item for i, item in enumerate(value, 1)}
        if isinstance(value, dict):
            return self.begin(3) + struct.pack('<i', len(value)) + b''.join(self.value(key) + self.value(item) for key, item in value.items())
        kind, fields = value
        return self.begin(4) + self.text('V 1') + self.text(kind) + self.value(fields)

    def begin(self, kind):
        self.objects += 1
        return struct.pack('<ii', kind, self.objects)

    def text(self, text): return struct.pack('<i', len(text)) + text.encode()

    def tensor(self, array):
        strides = [stride // 4 for stride in array.strides] if array.size else []
        shape = array.shape if array.size else ()
        head = self.begin(4) + self.text('V 1') + self.text('torch.FloatTensor') + struct.pack(f'<i{len(shape)}q{len(shape)}qq', len(shape), *shape, *strides, 1)
        if not array.size:
            return head + struct.pack('<i', 0)
        return head + self.begin(4) + self.text('V 1') + self.text('torch.FloatStorage') + struct.pack('<q', array.size) + array.tobytes()


def states(folder):
    """Writes files of all kinds of tensors with PyTorch, and returns the tensors in single precision."""
    os.makedirs(folder, exist_ok=True)
    torch.manual_seed(1)
    line, cube = torch.randn(40), torch.randn(3, 4, 5)
    state = OrderedDict(
        plain=torch.randn(2, 3, 3, 3), half=torch.randn(37).half(), brain=torch.randn(33).bfloat16(), double=torch.randn(5).double(),
        turned=cube.permute(2, 0, 1), part=cube[1:, ::2, 1:4], head=line[:10], tail=line[30:], across=line[4:16].view(3, 4).t(),
        scalar=torch.tensor(0.5), parameter=torch.nn.Parameter(torch.randn(3)))
    layers = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4), torch.nn.Conv2d(4, 2, 1)).state_dict()
    checkpoint = {'epoch': 3, 'loss': 0.25, 'model': layers}
    seen = {}
    for number, (name, content, inner) in enumerate((('state', state, state), ('checkpoint', checkpoint, layers))):
        for form, zipped in (('zip', True), ('legacy', False)):
            for protocol in (2, 4) if zipped else (3, 4 if number else 2):
                file = f'{name}-{form}-{protocol}'
                torch.save(content, f'{folder}/{file}.pth', pickle_protocol=protocol, _use_new_zipfile_serialization=zipped)
                for key, value in inner.items():
                    if value.is_floating_point():
                        seen[f'{file}/{key}'] = value.detach().float().contiguous().numpy()
    return seen
