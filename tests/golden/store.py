"""Reads safetensors files, and writes them in parts, so that no file is large."""
import json
import os
import struct
import numpy as np

NAMES = {'float32': 'F32', 'float64': 'F64', 'int64': 'I64', 'uint8': 'U8'}
LARGEST = 190_000


def save(folder, tensors, **metadata):
    """Writes tensors to folder/00.safetensors, 01 and so on, in the order of their names. Each file has the metadata."""
    os.makedirs(folder, exist_ok=True)
    arrays = {name: np.ascontiguousarray(tensors[name]) for name in sorted(tensors)}
    parts, size = [{}], 0
    for name, array in arrays.items():
        if size and size + array.nbytes > LARGEST:
            parts.append({})
            size = 0
        parts[-1][name] = array
        size += array.nbytes
    for number, part in enumerate(parts):
        write(f'{folder}/{number:02}.safetensors', part, metadata)


def write(path, arrays, metadata):
    head, offset = {'__metadata__': {name: str(value) for name, value in metadata.items()}}, 0
    for name, array in arrays.items():
        head[name] = {'dtype': NAMES[str(array.dtype)], 'shape': list(array.shape), 'data_offsets': [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(head).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text + b''.join(array.tobytes() for array in arrays.values()))


def load(path):
    """Returns the tensors by name, half precision converted to single, and the metadata."""
    with open(path, 'rb') as file:
        data = file.read()
    start = 8 + struct.unpack_from('<Q', data)[0]
    head = json.loads(data[8:start])
    metadata, kinds = head.pop('__metadata__'), {'F32': np.float32, 'F16': np.float16}
    tensors = {}
    for name, entry in head.items():
        first, end = entry['data_offsets']
        values = np.frombuffer(data[start + first:start + end], kinds[entry['dtype']])
        tensors[name] = values.astype(np.float32).reshape(entry['shape'])
    return tensors, metadata
