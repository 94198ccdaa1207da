"""PNG files of all kinds, written by code of its own. If pngtopnm is installed, its libpng must decode the same pixels."""
import os
import shutil
import struct
import subprocess
import zlib
import numpy as np

from seeded import bits, picture

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
SIZES = [(19, 13), (1, 1), (9, 17), (33, 3), (3, 33), (8, 8)]


def chunk(kind, data): return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def packed(samples, depth):
    """Packs samples [H, W·C] into rows of bytes."""
    if depth == 16:
        return samples.astype('>u2').view(np.uint8).reshape(samples.shape[0], -1)
    if depth == 8:
        return samples.astype(np.uint8)
    unpacked = (samples[..., None] >> np.arange(depth - 1, -1, -1)) & 1
    return np.packbits(unpacked.reshape(samples.shape[0], -1).astype(np.uint8), axis=1)


def filtered(rows, step, first):
    """Filters the rows; each begins with its filter's number. Filters alternate."""
    out, before = bytearray(), [0] * rows.shape[1]
    for number, row in enumerate(rows.tolist()):
        kind = (first + number) % 5
        out.append(kind)
        for i, value in enumerate(row):
            a, b, c = row[i - step] if i >= step else 0, before[i], before[i - step] if i >= step else 0
            p = a + b - c
            nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            out.append((value - (0, a, b, (a + b) // 2, nearest)[kind]) & 255)
        before = row
    return bytes(out)


def file(samples, color, depth, interlaced, palette, transparent, first):
    height, width, channels = samples.shape
    step = max(1, channels * depth // 8)
    parts = PASSES if interlaced else [(0, 0, 1, 1)]
    data = b''
    for x, y, dx, dy in parts:
        part = samples[y::dy, x::dx]
        if part.size:
            data += filtered(packed(part.reshape(part.shape[0], -1), depth), step, first)
    data = zlib.compress(data, 9)
    body = chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, depth, color, 0, 0, interlaced)) + chunk(b'gAMA', struct.pack('>I', 45455))
    body += chunk(b'PLTE', palette.tobytes()) if palette is not None else b''
    body += chunk(b'tRNS', transparent) if transparent is not None else b''
    # The data is in two chunks; the second is empty for short data.
    return b'\x89PNG\r\n\x1a\n' + body + chunk(b'IDAT', data[:40]) + chunk(b'IDAT', data[40:]) + chunk(b'IEND', b'')


def sample(seed, size, color, depth, interlaced, keyed):
    """Returns a file and its pixels as RGBA with 8 bits."""
    width, height = size
    most, channels = (1 << depth) - 1, CHANNELS[color]
    smooth = picture(width, height, channels, seed).astype(np.int64)
    low = (bits(seed + 2, smooth.size) >> 24).astype(np.int64).reshape(smooth.shape)
    samples = smooth * 256 + low if depth == 16 else smooth >> (8 - depth)
    if color in (4, 6):
        samples[..., -1] = np.where(low[..., -1] < 60, 0, np.where(low[..., -1] > 200, most, samples[..., -1]))
    palette, transparent = None, None
    level = (samples * 255 * 2 + most) // (2 * most)
    alpha = np.full((height, width), 255)
    if color == 3:
        palette = picture(1 << depth, 1, 3, seed + 3).reshape(-1, 3)
        clear = (bits(seed + 4, max(1, (1 << depth) - 1)) >> 24).astype(np.uint8)
        if keyed:
            transparent = clear.tobytes()
            alpha = np.append(clear, np.full(256, 255, np.uint8)).astype(np.int64)[samples[..., 0]]
        level = palette.astype(np.int64)[samples[..., 0]]
    elif keyed:
        key = samples[height // 2, width // 2]
        samples[0, 0] = key
        level = (samples * 255 * 2 + most) // (2 * most)
        transparent = struct.pack(f'>{channels}H', *key.tolist())
        alpha = np.where((samples == key).all(2), 0, 255)
    elif color in (4, 6):
        alpha = level[..., -1]
    rgb = level if color == 3 else np.repeat(level[..., :1], 3, 2) if color in (0, 4) else level[..., :3]
    seen = np.dstack([rgb, alpha]).astype(np.uint8)
    return file(samples, color, depth, interlaced, palette, transparent, seed), seen


def netpbm(data):
    """Returns the samples of a P4, P5 or P6 file, rounded to 8 bits."""
    fields = data.split(None, 3 if data[:2] == b'P4' else 4)[:3 if data[:2] == b'P4' else 4]
    width, height = int(fields[1]), int(fields[2])
    if data[:2] == b'P4':
        rows = np.frombuffer(data[-height * ((width + 7) // 8):], np.uint8).reshape(height, -1)
        return (1 - np.unpackbits(rows, axis=1)[:, :width, None]) * 255
    most, channels = int(fields[3]), 3 if data[:2] == b'P6' else 1
    kind = np.dtype('>u2' if most > 255 else 'u1')
    samples = np.frombuffer(data[len(data) - width * height * channels * kind.itemsize:], kind).astype(np.int64)
    return ((samples * 255 * 2 + most) // (2 * most)).astype(np.uint8).reshape(height, width, channels)


def check(path, seen, keyed_rgb):
    """Compares with libpng. For an RGB file with tRNS, only colors are compared, because pngtopnm doesn't apply tRNS there."""
    if not shutil.which('pngtopnm'):
        return
    color = netpbm(subprocess.run(['pngtopnm', path], capture_output=True, check=True).stdout)
    assert (np.broadcast_to(color, seen[..., :3].shape) == seen[..., :3]).all(), path
    if not keyed_rgb:
        alpha = netpbm(subprocess.run(['pngtopnm', '-alpha', path], capture_output=True, check=True).stdout)
        assert (alpha[..., 0] == seen[..., 3]).all(), path


def samples(folder):
    """Writes files of each color type, depth, interlacing and transparency, and returns their pixels by file name."""
    os.makedirs(folder, exist_ok=True)
    shown, seed = {}, 100
    for color in DEPTHS:
        for depth in DEPTHS[color]:
            for interlaced in (0, 1):
                for keyed in (False, True) if color in (0, 2, 3) else (False,):
                    for size in (SIZES[0], SIZES[1 + seed // 10 % (len(SIZES) - 1)]):
                        seed += 10
                        name = f'color{color}-depth{depth}{"-interlaced" * interlaced}{"-trns" * keyed}-{size[0]}x{size[1]}.png'
                        data, shown[name] = sample(seed, size, color, depth, interlaced, keyed)
                        with open(f'{folder}/{name}', 'wb') as out:
                            out.write(data)
                        check(f'{folder}/{name}', shown[name], keyed and color == 2)
    return shown
