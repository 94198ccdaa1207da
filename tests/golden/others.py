"""Results of other programs: Pillow's resizing, Netpbm's files and PyTorch's gradients."""
import os
import subprocess
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

import networks
from seeded import picture

RESIZED = [(1, 100, 80, 37, 23), (1, 37, 23, 100, 80), (3, 133, 97, 34, 25), (3, 61, 47, 60, 48), (3, 31, 33, 90, 10), (3, 34, 25, 90, 66),
           (4, 100, 75, 34, 25), (4, 20, 15, 55, 49)]


def gentle(width, height, channels):
    """Returns an opaque picture whose levels can't overshoot.

    Pillow clamps between its two passes, and rounds premultiplied colors to 8 bits.
    """
    pixels = picture(width, height, channels, 9000) // 2 + 64
    pixels[..., 3:] = 255
    return pixels


def resized():
    """Returns results of Image.resize with BICUBIC, by 'channels width height new-width new-height'."""
    made = {}
    for channels, width, height, to_width, to_height in RESIZED:
        given = Image.fromarray(gentle(width, height, channels).squeeze(), {1: 'L', 3: 'RGB', 4: 'RGBA'}[channels])
        result = np.asarray(given.resize((to_width, to_height), Image.BICUBIC))
        made[f'{channels} {width} {height} {to_width} {to_height}'] = result.reshape(to_height, to_width, channels)
    return made


def netpbm(folder):
    """Writes P3 to P6 files with Netpbm's programs, and returns their pixels."""
    from png import netpbm as parse
    os.makedirs(folder, exist_ok=True)
    pixels = picture(33, 31, 3, 9100)
    ppm = b'P6\n33 31\n255\n' + pixels.tobytes()
    run = lambda given, *command: subprocess.run(command, input=given, capture_output=True, check=True).stdout
    pgm = run(ppm, 'ppmtopgm')
    files = {'plain.ppm': run(ppm, 'pnmtoplainpnm'), 'gray.pgm': pgm, 'deep.ppm': run(ppm, 'pamdepth', '60000'),
             'bits.pbm': run(pgm, 'pgmtopbm', '-threshold')}
    for name, data in files.items():
        with open(f'{folder}/{name}', 'wb') as file:
            file.write(data)
    return {name: pixels if name == 'plain.ppm' else parse(data) for name, data in files.items()}


def gradients():
    """Returns the losses of a decoder of level 3, and their gradients as computed by PyTorch.

    The terms compare pixels and the features of two levels, and sum the squared differences of neighbors.
    """
    model, x = networks.sequential(), networks.pixels(picture(24, 16, 3, 9200))
    encoder, decoder = model.encoders[3], model.decoders[3]
    weights = {name: [networks.tensor(array).requires_grad_() for array in pair] for name, pair in decoder.layers.items()}
    decoder.layers = weights
    with torch.enable_grad():
        decoded = decoder.run(encoder.run(x, 3))
        pixel = F.mse_loss(decoded, x)
        feature = sum(F.mse_loss(encoder.run(decoded, tap), encoder.run(x, tap)) for tap in (1, 3))
        variation = ((decoded.diff(dim=2) ** 2).sum() + (decoded.diff(dim=3) ** 2).sum()) / decoded.numel()
        loss = pixel + 0.5 * feature + 0.1 * variation
    loss.backward()
    made = {f'{name}.{part}': value.grad.float().numpy() for name, pair in weights.items() for part, value in zip(('weight', 'bias'), pair)}
    return made | {'losses': np.array([float(v) for v in (loss, pixel, feature, variation)])}
