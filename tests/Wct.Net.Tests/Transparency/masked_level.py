#!/usr/bin/python3
"""Writes masked_level.json: the statistics and the transform of a masked feature map, computed by PyTorch in double precision, for
MaskedLevelTests.

  python3 masked_level.py > masked_level.json

A mask of 0 and 1 is extended by reflection to multiples of 16 and averaged over the squares of 2^(level-1) pixels that are one feature pixel;
N = sum m, mean = sum m x / N, cov = sum m (x - mean)(x - mean)^T / (N - 1); eigenvalues up to 1e-5 are dropped;
y = alpha T (x - mean) + (1 - alpha)(x - mean) + alpha ms + (1 - alpha) mean with T = Cs^(1/2) Cc^(-1/2).
"""
import json
import torch

LEVEL, WIDTH, HEIGHT, CHANNELS, ALPHA = 3, 41, 27, 5, 0.6


def power(c, p):
    e, v = torch.linalg.eigh(c)
    kept = e > 1e-5
    return (v[:, kept] * e[kept].pow(p)) @ v[:, kept].t()


def stats(x, m):
    n = m.sum()
    mean = (x * m).sum(1, keepdim=True) / n
    d = x - mean
    return mean, (d * m) @ d.t() / (n - 1)


def reflected(t, length):
    whole = (length + 15) // 16 * 16
    period = 2 * (length - 1)
    index = torch.arange(whole) % period
    return t.index_select(-1, torch.where(index < length, index, period - index))


g = torch.Generator().manual_seed(7)
yy, xx = torch.meshgrid(torch.arange(HEIGHT), torch.arange(WIDTH), indexing='ij')
mask = (((xx - 17) ** 2 / 180 + (yy - 12) ** 2 / 90) < 1) & (torch.rand(HEIGHT, WIDTH, generator=g) > 0.15)
extended = reflected(reflected(mask.double(), WIDTH).t(), HEIGHT).t()
weights = torch.nn.functional.avg_pool2d(extended[None, None], 2 ** (LEVEL - 1))[0, 0]
h, w = weights.shape
# Multiples of 1/256 are exact in single precision.
x = (torch.randint(-512, 1024, (CHANNELS, h * w), generator=g).double() / 256).clamp(min=0)
x[3] = x[0] / 2 + x[1] / 4
style = torch.randint(0, 768, (CHANNELS, 60), generator=g).double() / 256
mc, cc = stats(x, weights.flatten())
ms, cs = stats(style, torch.ones(60, dtype=torch.float64))
t = power(cs, 0.5) @ power(cc, -0.5)
y = ALPHA * (t @ (x - mc) + ms) + (1 - ALPHA) * x
flat = lambda tensor: tensor.flatten().tolist()
print(json.dumps({
    'level': LEVEL, 'width': WIDTH, 'height': HEIGHT, 'channels': CHANNELS, 'alpha': ALPHA, 'rows': h, 'columns': w,
    'mask': [''.join('#' if v else '.' for v in row) for row in mask.tolist()],
    'weights': flat(weights), 'features': flat(x), 'styleMean': flat(ms), 'styleCovariance': flat(cs),
    'mean': flat(mc), 'covariance': flat(cc), 'transform': flat(t), 'result': flat(y)}, indent=0))
