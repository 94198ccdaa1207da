"""picture.py WIDTH HEIGHT SEED FILE: writes a binary PPM with large shapes, edges and a little noise row by row. Needs no package."""

import math
import random
import sys


def row(width, rng):
    """Returns the RGB bytes of a row with a few waves and stripes."""
    waves = [(rng.uniform(3, 40) / width, rng.uniform(0, 6.3), rng.uniform(20, 45)) for _ in range(6)]
    pixels = bytearray(3 * width)
    for x in range(width):
        stripe = 24 if x // 97 % 2 else -24
        for c in range(3):
            value = 128 + stripe + sum(a * math.sin(2 * math.pi * f * x + p * (c + 1)) for f, p, a in waves) / 2
            pixels[3 * x + c] = max(0, min(255, int(value)))
    return bytes(pixels)


def main(width, height, seed, path):
    rng = random.Random(seed)
    base = row(width, rng)
    # Four bits of noise, combined as one large number per row, because a loop over pixels would take minutes.
    noise = int.from_bytes(b"\x0f" * len(base), "little")
    with open(path, "wb") as file:
        file.write(b"P6\n%d %d\n255\n" % (width, height))
        for y in range(height):
            shift = 3 * (int(width * (0.5 + 0.5 * math.sin(y * 0.004 + seed)) + y // 61 % 2 * 40) % width)
            turned = int.from_bytes(base[shift:] + base[:shift], "little")
            file.write((turned ^ (rng.getrandbits(8 * len(base)) & noise)).to_bytes(len(base), "little"))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
