"""PyTorch, asked line by line.

  torch_worker.py FOLDER THREADS                                   commands on standard input:
    run NAME        runs a network or a cascade and answers with the milliseconds
    save NAME FILE  runs it and writes its output as float32, a cascade's in 0..255 before it is rounded to bytes
  torch_worker.py stylize MODEL CONTENT STYLE RESULT THREADS       one picture, the whole process
"""
import os
import sys
import time

import numpy as np
import torch
from PIL import Image

from wct_torch import Model, read_picture, read_tensors


def prepare(folder, name):
    if name.startswith('cascade-'):
        model = Model(os.path.join(folder, name[len('cascade-'):] + '.safetensors'))
        content, style = (read_picture(os.path.join(folder, f'{which}.png')) for which in ('content', 'style'))
        return lambda exact: model.stylize(content, style, exact=exact)
    model = Model(os.path.join(folder, 'full.safetensors'))
    values = read_tensors(os.path.join(folder, 'inputs.safetensors'))[0][name][None]
    run = model.encode if name == 'encoder' else model.decode
    return lambda exact: run(5, values).numpy()


def answer(folder):
    tasks = {}
    for line in sys.stdin:
        command, name, *file = line.rstrip('\n').split(' ', 2)
        if name not in tasks:
            tasks[name] = prepare(folder, name)
        start = time.perf_counter()
        output = tasks[name](command == 'save')
        milliseconds = (time.perf_counter() - start) * 1000
        if command == 'save':
            np.ascontiguousarray(output, np.float32).tofile(file[0])
        print(f'{milliseconds:.3f}', flush=True)


if __name__ == '__main__':
    torch.set_num_threads(int(sys.argv[-1]))
    torch.set_grad_enabled(False)
    if sys.argv[1] == 'stylize':
        weights, content, style, result = sys.argv[2:6]
        Image.fromarray(Model(weights).stylize(read_picture(content), read_picture(style))).save(result)
    else:
        backends = 'oneDNN' if torch.backends.mkldnn.is_available() else 'without oneDNN'
        print(f'PyTorch {torch.__version__} ({backends})', flush=True)
        answer(sys.argv[1])
