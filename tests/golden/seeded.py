"""Numbers and pictures that tests/Wct.Testing/GoldenNumbers.cs creates bit for bit too, so that they need not be stored."""
import numpy as np


def bits(seed, count):
    """Returns 32 well-mixed bits per index: a hash of the seed and the index, in 32-bit arithmetic."""
    with np.errstate(over='ignore'):
        x = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B9) + np.uint32(seed * 0x85EBCA6B & 0xFFFFFFFF)
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x7FEB352D)
        x ^= x >> np.uint32(15)
        x *= np.uint32(0x846CA68B)
        x ^= x >> np.uint32(16)
    return x


def uniform(seed, count, limit):
    """Returns numbers in [-limit, limit): 24 bits, scaled in double precision. Callers round them to float32."""
    return ((bits(seed, count) >> np.uint32(8)).astype(np.float64) / (1 << 23) - 1.0) * limit


def picture(width, height, channels, seed):
    """Returns uint8 [H, W, C]: gradients between random levels, hard-edged stripes and a little noise. Uses only integers."""
    columns, rows = width // 8 + 2, height // 8 + 2
    lattice = (bits(seed, rows * columns * channels) >> np.uint32(24)).astype(np.int64).reshape(rows, columns, channels)
    noise = (bits(seed + 1, height * width * channels) >> np.uint32(28)).astype(np.int64).reshape(height, width, channels)
    y, x = np.arange(height)[:, None], np.arange(width)[None, :]
    fy, fx = (y % 8)[..., None], (x % 8)[..., None]
    near = lambda dy, dx: lattice[y // 8 + dy, x // 8 + dx]
    slope = (near(0, 0) * (8 - fy) * (8 - fx) + near(0, 1) * (8 - fy) * fx + near(1, 0) * fy * (8 - fx) + near(1, 1) * fy * fx) // 64
    stripes = (x[..., None] // 5 + y[..., None] // 3 + np.arange(channels)) % 4 * 16 - 24
    return np.clip(slope + stripes + noise - 8, 0, 255).astype(np.uint8)
