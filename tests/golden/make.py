#!/usr/bin/python3
"""Makes the golden files that tests in a clone use: make.py FOLDER (this one, to renew the files). See README.md."""
import json
import os
import sys

sys.dont_write_bytecode = True
import torch
from PIL import Image

import jpeg
import networks
import others
import png
import published
from seeded import picture
from store import save


def steps(folder):
    """Writes the results of each step of each level of a cascade."""
    content, style = picture(48, 32, 3, 1), picture(32, 48, 3, 3)
    small = picture(32, 32, 3, 5), picture(32, 32, 3, 7)
    for name, model, strength, (c, s) in (
            ('compact_a060', networks.compact(), 0.6, (content, style)), ('compact_a100', networks.compact(), 1.0, (style, content)),
            ('wide_a080', networks.wide(), 0.8, small)):
        tensors, levels = {}, list(model.levels)
        networks.stylize(model, c, s, strength, levels, tensors)
        tensors = {key: value.numpy() for key, value in tensors.items()}
        save(f'{folder}/steps/{name}', tensors | {'content': c, 'style': s}, alpha=strength, levels=''.join(map(str, levels)),
             model=name.split('_')[0])


def cascades(folder):
    """Writes results of all levels of the built-in model.

    Random networks are unsuitable: without training, rounding errors grow from level to level.
    """
    for name, strength, content, style in (('default_a060', 0.6, (48, 32), (32, 48)), ('default_a100', 1.0, (32, 64), (48, 48))):
        c, s, model = picture(*content, 3, 11), picture(*style, 3, 13), networks.default()
        result = networks.stylize(model, c, s, strength, model.levels)[0].clamp(0, 1).float().numpy()
        levels = ''.join(map(str, model.levels))
        save(f'{folder}/cascades/{name}', {'content': c, 'style': s, 'stylized': result}, alpha=strength, levels=levels, model='default')


def cases(folder):
    """Writes whole pictures, also with sides that are no multiples of 16."""
    for name, model, strength, levels, content, style in (
            ('a', 'default', 0.6, '54321', (48, 64), (64, 48)), ('b', 'default', 1.0, '54321', (53, 37), (40, 33)),
            ('c', 'sequential', 0.8, '321', (37, 61), (34, 50)), ('d', 'compact', 0.3, '5', (33, 90), (70, 35)),
            ('e', 'torch7', 1.0, '21', (20, 35), (41, 23)), ('f', 'compact', 0.7, '4', (50, 17), (48, 32))):
        where = f'{folder}/cases/{name}'
        os.makedirs(where, exist_ok=True)
        c, s = picture(*content, 3, ord(name)), picture(*style, 3, ord(name) + 100)
        made = {'default': networks.default, 'compact': networks.compact}.get(model, networks.sequential)()
        result = networks.to_bytes(networks.stylize(made, c, s, strength, [int(level) for level in levels]))
        for file, pixels in (('content', c), ('style', s), ('expected', result)):
            Image.fromarray(pixels).save(f'{where}/{file}.png')
        with open(f'{where}/case.json', 'w', newline='\n') as file:
            file.write(json.dumps(dict(model=model, alpha=strength, levels=levels)) + '\n')


if __name__ == '__main__':
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)
    out = sys.argv[1]
    steps(out)
    cascades(out)
    cases(out)
    published.compact(f'{out}/models/compact')
    published.sequential(f'{out}/models/sequential')
    published.torch7(f'{out}/models/torch7')
    save(f'{out}/torch', published.states(f'{out}/torch'))
    save(f'{out}/training', others.gradients())
    save(f'{out}/png', png.samples(f'{out}/png'))
    save(f'{out}/jpeg', jpeg.samples(f'{out}/jpeg'))
    save(f'{out}/netpbm', others.netpbm(f'{out}/netpbm'))
    save(f'{out}/resized', others.resized())
    with open(f'{out}/jpeg/encoder.txt', 'w', newline='\n') as lines:
        lines.writelines(jpeg.encoder())
