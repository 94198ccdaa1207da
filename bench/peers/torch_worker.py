"""Runs PyTorch on requests from standard input, one per line.

  torch_worker.py DEVICE PRECISION FOLDER THREADS                  reads commands from standard input:
    run NAME        runs a network or a cascade and answers with the time in milliseconds
    save NAME FILE  runs it and writes its output as float32; a cascade's output is in 0..255, before rounding to bytes
  torch_worker.py stylize MODEL CONTENT STYLE RESULT THREADS       stylizes one picture and ends
"""
import os
import sys
import time

import numpy as np
import torch
from PIL import Image

from wct_torch import Model, read_picture, read_tensors


def prepare(folder, name, device, precision):
    if name.startswith('cascade-'):
        model = Model(os.path.join(folder, name[len('cascade-'):] + '.safetensors'), device, precision)
        content, style = (read_picture(os.path.join(folder, f'{which}.png')) for which in ('content', 'style'))
        return lambda exact: model.stylize(content, style, exact=exact)
    model = Model(os.path.join(folder, 'full.safetensors'), device, precision)
    values = read_tensors(os.path.join(folder, 'inputs.safetensors'))[0]['decoder5' if name == 'decoder5' else 'encoder'][None]
    if name == 'encoder-decoder5':
        run = lambda x: model.decode(5, model.encode(5, x))
    else:
        run = lambda x: model.encode(5, x) if name == 'encoder' else model.decode(5, x)
    # Copies from and to the host, where callers have their numbers; reading waits for the device.
    return lambda exact: run(model.put(values)).float().cpu().contiguous().numpy()


def answer(folder, device, precision):
    tasks = {}
    for line in sys.stdin:
        command, name, *file = line.rstrip('\n').split(' ', 2)
        if name not in tasks:
            tasks[name] = prepare(folder, name, device, precision)
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
        device, precision, folder = sys.argv[1:4]
        if device.startswith('cuda'):
            backends = f'cuDNN {torch.backends.cudnn.version()}, {torch.cuda.get_device_name(device)}, {precision}'
            torch.backends.cudnn.benchmark = True
            torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = precision == 'tf32'
        else:
            backends = 'oneDNN' if torch.backends.mkldnn.is_available() else 'without oneDNN'
        print(f'PyTorch {torch.__version__} ({backends})', flush=True)
        answer(folder, device, precision)
