"""The networks and the cascade in PyTorch. Reads Wct's model files (docs/model-file.md), but uses none of its code.

Follows the reference implementation: convolutions in float32 (oneDNN); means, covariances, eigenvectors and transforms in float64
(LAPACK); content and style are encoded again at each level. Pictures' sides are multiples of 16.
"""
import json
import struct

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

BLOCKS = [2, 2, 4, 4, 1]  # convolutions per block; of the last block only the first is used
SMALLEST_EIGENVALUE = 1e-5


def read_tensors(path):
    """Reads a safetensors file. Returns {name: tensor} and the metadata."""
    with open(path, 'rb') as file:
        header = json.loads(file.read(struct.unpack('<Q', file.read(8))[0]))
        data = bytearray(file.read())
    metadata = header.pop('__metadata__', {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry['data_offsets']
        tensors[name] = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=begin).reshape(entry['shape']).clone()
    return tensors, metadata


def chain(level):
    """Returns conv1_1, conv1_2, pool, conv2_1 .. up to the level's tap."""
    names = []
    for block in range(1, level):
        names += [f'conv{block}_{i}' for i in range(1, BLOCKS[block - 1] + 1)] + ['pool']
    return names + [f'conv{level}_1']


class Model:
    """A model. On a graphics card it uses channels last, which is best for tensor cores, and optionally half precision."""

    def __init__(self, path, device='cpu', precision='single'):
        tensors, metadata = read_tensors(path)
        self.device = device
        self.type = torch.float16 if precision == 'half' and device != 'cpu' else torch.float32
        self.tensors = {name: self.put(tensor) for name, tensor in tensors.items()}
        self.levels = [int(level) for level in metadata['levels'].split(',')]
        self.encoders = dict(zip(self.levels, metadata['encoders'].split(',')))
        self.last_relu = dict(zip(self.levels, (flag == 'true' for flag in metadata['last_relu'].split(','))))

    def put(self, tensor):
        if self.device == 'cpu':
            return tensor
        layout = torch.channels_last if tensor.dim() == 4 else torch.contiguous_format
        return tensor.to(self.device, self.type).contiguous(memory_format=layout)

    def convolve(self, network, layer, x):
        return F.conv2d(x, self.tensors[f'{network}.{layer}.weight'], self.tensors[f'{network}.{layer}.bias'])

    def convolve_padded(self, network, layer, x):
        return self.convolve(network, layer, F.pad(x, (1, 1, 1, 1), mode='reflect'))

    def encode(self, level, x):
        network = self.encoders[level]
        x = self.convolve(network, 'conv0', x)
        for layer in chain(level):
            x = F.max_pool2d(x, 2) if layer == 'pool' else self.convolve_padded(network, layer, x).relu_()
        return x

    def decode(self, level, x):
        for layer in reversed(chain(level)):
            if layer == 'pool':
                x = F.interpolate(x, scale_factor=2, mode='nearest')
                continue
            x = self.convolve_padded(f'decoder{level}', layer, x)
            if layer != 'conv1_1' or self.last_relu[level]:
                x = x.relu_()
        return x

    def stylize(self, content, style, strength=0.6, exact=False):
        """Stylizes bytes [H, W, 3] and returns bytes; if exact is set, returns the values before rounding."""
        x, s = self.put(to_tensor(content)), self.put(to_tensor(style))
        for level in self.levels:
            features = transform(self.encode(level, x), self.encode(level, s), strength)
            x = self.decode(level, self.put(features)).clamp_(0, 1)
        x = x[0].permute(1, 2, 0).float() * 255
        return (x if exact else (x + 0.5).floor().to(torch.uint8)).cpu().numpy()


def to_tensor(picture):
    return torch.from_numpy(picture.astype(np.float32) / 255).permute(2, 0, 1)[None].contiguous()


def moments(features):
    flat = features[0].flatten(1).double()
    mean = flat.mean(1, keepdim=True)
    centered = flat - mean
    return mean, centered, centered @ centered.T / (flat.shape[1] - 1)


def power(covariance, exponent):
    values, vectors = torch.linalg.eigh(covariance)
    kept = values > SMALLEST_EIGENVALUE
    return vectors[:, kept] * values[kept] ** exponent @ vectors[:, kept].T


def transform(content, style, strength):
    """Whitens the content's features, colors them with the style's covariance, and blends the result with the content's features."""
    mean, centered, covariance = moments(content)
    style_mean, _, style_covariance = moments(style)
    colored = power(style_covariance, 0.5) @ power(covariance, -0.5) @ centered + style_mean
    return (strength * colored + (1 - strength) * (centered + mean)).float().reshape(content.shape)


def read_picture(path):
    return np.asarray(Image.open(path).convert('RGB'))
