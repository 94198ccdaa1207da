"""Encoders and decoders with the layers of VGG-19 up to relu5_1 and random weights, and whitening and coloring in double precision.

The code follows the paper (Li et al. 2017) and src/Wct.Net/README.md. Convolutions run in float64, so that the stored
numbers don't depend on the order of summation.
"""
import os

import numpy as np
import torch
import torch.nn.functional as F

from seeded import uniform
from store import load

HERE = os.path.dirname(os.path.abspath(__file__))
BLOCKS = [2, 2, 4, 4, 1]
DROPPED = 1e-5


def encoder_table(level):
    """Returns the names of the layers without conv0; None stands for a pooling."""
    table = []
    for block in range(1, level + 1):
        table += [f'conv{block}_{i}' for i in range(1, (BLOCKS[block - 1] if block < level else 1) + 1)]
        table += [None] if block < level else []
    return table


def layer(seed, outputs, inputs, gain, bias):
    """Creates random weights of variance gain / (9 inputs), and biases within 0.1 of a center.

    A weight is the difference of its random number and the next input's, so that what all inputs have in common, such as their positive
    means, hardly counts. Otherwise the contrast would vanish after many layers.
    """
    numbers = uniform(seed, outputs * inputs * 9, np.sqrt(gain / (6.0 * inputs))).reshape(outputs, inputs, 3, 3)
    biases = bias + uniform(seed + 500_000, outputs, 0.1)
    return (numbers - np.roll(numbers, -1, axis=1)).astype(np.float32), biases.astype(np.float32)


class Encoder:
    """conv0 to conv{level}_1. The seed of a layer is the network's seed plus the layer's number."""

    def __init__(self, seed, level, widths):
        # Maps RGB in 0..1 to BGR in -2..2, with a little of the other colors.
        mix = np.array([[0, 0, 4], [0, 4, 0], [4, 0, 0]], np.float64) + uniform(seed, 9, 0.5).reshape(3, 3)
        self.layers = {'conv0': (mix.astype(np.float32).reshape(3, 3, 1, 1), (uniform(seed + 500_000, 3, 0.1) - 2).astype(np.float32))}
        self.level, self.table, inputs = level, encoder_table(level), 3
        for number, name in enumerate([name for name in self.table if name], 1):
            outputs = widths[int(name[4]) - 1]
            self.layers[name] = layer(seed + number, outputs, inputs, 2.6, 0)
            inputs = outputs

    def run(self, image, tap):
        w, b = self.layers['conv0']
        x = F.conv2d(image, tensor(w), tensor(b))
        for name in encoder_table(tap):
            x = F.max_pool2d(x, 2) if name is None else F.relu(convolve(x, *self.layers[name]))
        return x


class Decoder:
    """conv{level}_1 to conv1_1: the mirrored encoder, with upsampling in place of pooling."""

    def __init__(self, seed, level, widths, last_relu):
        self.level, self.last_relu, self.table, self.layers = level, last_relu, encoder_table(level)[::-1], {}
        names, inputs = [name for name in self.table if name], widths[level - 1]
        for number, name in enumerate(names, 1):
            block, first = int(name[4]), name.endswith('_1')
            outputs = 3 if name == 'conv1_1' else widths[block - 2] if first else widths[block - 1]
            self.layers[name] = layer(seed + number, outputs, inputs, *((0.5, 0.5) if name == 'conv1_1' else (2.6, 0)))
            inputs = outputs

    def run(self, x):
        for name in self.table:
            if name is None:
                x = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
                continue
            x = convolve(x, *self.layers[name])
            if name != 'conv1_1' or self.last_relu:
                x = F.relu(x)
        return x


class Model:
    """An encoder and a decoder for each level."""
    margin = 20  # Each eigenvalue of the features must differ from the limit for eigenvalues by at least this factor.

    def __init__(self, seed, widths, shared_encoder, last_relu):
        self.levels, deepest = range(len(widths), 0, -1), len(widths)
        one = Encoder(seed, deepest, widths) if shared_encoder else None
        self.encoders = {l: one or Encoder(seed + 1000 * l, l, widths) for l in self.levels}
        self.decoders = {l: Decoder(seed + 1000 * l + 100, l, widths, last_relu) for l in self.levels}


class Trained:
    """A model from a file of the project's own format (docs/model-file.md)."""
    margin = 1.1

    def __init__(self, path):
        tensors, metadata = load(path)
        levels, encoders, last = (metadata[key].split(',') for key in ('levels', 'encoders', 'last_relu'))
        self.levels = [int(level) for level in levels]
        self.encoders, self.decoders = {}, {}
        for level, encoder, relu in zip(self.levels, encoders, last):
            self.encoders[level] = with_layers(Encoder.__new__(Encoder), tensors, encoder)
            self.decoders[level] = with_layers(Decoder.__new__(Decoder), tensors, f'decoder{level}')
            self.decoders[level].table, self.decoders[level].last_relu = encoder_table(level)[::-1], relu == 'true'


def with_layers(network, tensors, prefix):
    names = [name.split('.')[1] for name in tensors if name.startswith(f'{prefix}.') and name.endswith('.weight')]
    network.layers = {name: (tensors[f'{prefix}.{name}.weight'], tensors[f'{prefix}.{name}.bias']) for name in names}
    return network


# The models of tests/Wct.Net.Tests/Golden/GoldenModels.cs.
def compact(): return Model(10_000, [4, 5, 6, 7, 8], shared_encoder=False, last_relu=True)
def default(): return Trained(os.path.join(HERE, '..', '..', 'weights', 'default.safetensors'))
def sequential(): return Model(20_000, [6, 9, 12], shared_encoder=True, last_relu=False)
def wide(): return Model(30_000, [16, 16, 32, 32, 24], shared_encoder=True, last_relu=False)


def tensor(array):
    return array if isinstance(array, torch.Tensor) else torch.from_numpy(np.ascontiguousarray(array)).double()


def convolve(x, weights, biases): return F.conv2d(F.pad(x, (1, 1, 1, 1), mode='reflect'), tensor(weights), tensor(biases))


def spectrum(features, margin):
    """Returns mean, covariance, and the kept eigenvalues and eigenvectors, from the singular values of the centered features."""
    f = features[0].flatten(1)
    mean = f.mean(1)
    centered = f - mean[:, None]
    u, s, _ = torch.linalg.svd(centered, full_matrices=False)
    e = s * s / (f.shape[1] - 1)
    close = e[(e > DROPPED / margin) & (e < DROPPED * margin)]
    assert len(close) == 0, f'an eigenvalue of {float(close[0])} may fall on either side of {DROPPED}: take another seed'
    keep = e > DROPPED
    return mean, centered @ centered.T / (f.shape[1] - 1), e[keep], u[:, keep]


def transform(content, style, strength, margin):
    """Returns the blended features and the intermediate results."""
    mc, cc, ec, uc = spectrum(content, margin)
    ms, cs, es, us = spectrum(style, margin)
    whole = (us * es.sqrt()) @ us.T @ (uc * ec.rsqrt()) @ uc.T
    centered = content[0].flatten(1) - mc[:, None]
    blended = strength * (whole @ centered + ms[:, None]) + (1 - strength) * content[0].flatten(1)
    facts = dict(content_mean=mc, style_mean=ms, content_cov=cc, style_cov=cs, transform=whole, ranks=torch.tensor([len(ec), len(es)]))
    return blended.reshape(content.shape), facts


def extend(image):
    """Extends both sides to multiples of 16, by reflection at the right and at the bottom."""
    return F.pad(image, (0, -image.shape[3] % 16, 0, -image.shape[2] % 16), mode='reflect')


def pixels(picture): return torch.from_numpy(picture.astype(np.float64) / 255).permute(2, 0, 1)[None]
def to_bytes(image): return (image[0].clamp(0, 1) * 255 + 0.5).floor().byte().permute(1, 2, 0).numpy()


def stylize(model, content, style, strength, levels, steps=None):
    """Stylizes a picture [H, W, 3]. The dictionary steps receives the results of each step."""
    image, painted = extend(pixels(content)), extend(pixels(style))
    for level in levels:
        encoder, decoder = model.encoders[level], model.decoders[level]
        seen, wanted = encoder.run(image, level), encoder.run(painted, level)
        blended, facts = transform(seen, wanted, strength, model.margin)
        decoded = decoder.run(blended)
        image = decoded.clamp(0, 1)
        if steps is not None:
            single = dict(content_features=seen[0], style_features=wanted[0], transformed=blended[0], decoded=decoded[0])
            steps.update({f'L{level}.{name}': value.float() for name, value in single.items()})
            steps.update({f'L{level}.{name}': value for name, value in facts.items()})
    return image[:, :, :content.shape[0], :content.shape[1]]
