"""kinds.py: creates files that must be read to the end before their first row is known. Needs only Python, and Pillow for CMYK.

kinds.py png IN.ppm OUT.png [interlaced] [deep] [alpha]   a PNG of a binary PPM; deep has 16 bits, alpha is opaque to the left
kinds.py turn IN.jpg OUT.jpg ORIENTATION                  the same JPEG with an Exif orientation, 1 to 8
kinds.py cmyk IN.ppm OUT.jpg                              a JPEG with four colors
"""

import struct
import sys
import zlib

# Origin and step of Adam7's passes (PNG specification, section 8.2).
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


class Ppm:
    """Reads the rows of a binary PPM with 8 bits."""

    def __init__(self, path):
        self.file = open(path, "rb")
        assert self.file.readline() == b"P6\n"
        self.width, self.height = map(int, self.file.readline().split())
        assert self.file.readline() == b"255\n"
        self.start = self.file.tell()

    def row(self, y):
        self.file.seek(self.start + 3 * self.width * y)
        return self.file.read(3 * self.width)


def samples(row, x, step, deep, alpha):
    """Returns a row of a PNG file with every 'step'th pixel from 'x' on, after the filter type 0."""
    planes = [row[c::3][x::step] for c in range(3)]
    if alpha:
        count = len(planes[0])
        planes.append(bytes(255 if i * 2 < count else 128 for i in range(count)) if count < 64 else b"\xff" * (count // 2) + b"\x80" * (count - count // 2))
    size = 2 if deep else 1
    pixels = bytearray(len(planes) * size * len(planes[0]))
    for c, plane in enumerate(planes):
        for byte in range(size):
            pixels[c * size + byte::len(planes) * size] = plane
    return b"\0" + bytes(pixels)


def png(source, path, interlaced, deep, alpha):
    picture = Ppm(source)
    packer = zlib.compressobj(1)
    with open(path, "wb") as file:
        def chunk(kind, body):
            file.write(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))

        file.write(b"\x89PNG\r\n\x1a\n")
        chunk(b"IHDR", struct.pack(">IIBBBBB", picture.width, picture.height, 16 if deep else 8, 6 if alpha else 2, 0, 0, 1 if interlaced else 0))
        for x, y, step_x, step_y in PASSES if interlaced else [(0, 0, 1, 1)]:
            for line in range(y, picture.height, step_y) if x < picture.width else []:
                body = packer.compress(samples(picture.row(line), x, step_x, deep, alpha))
                if body:
                    chunk(b"IDAT", body)
        chunk(b"IDAT", packer.flush())
        chunk(b"IEND", b"")


def turn(source, path, orientation):
    with open(source, "rb") as file:
        data = file.read()
    # A TIFF header and one directory with one entry: tag 0x112, SHORT.
    exif = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x112, 3, 1, orientation, 0, 0)
    with open(path, "wb") as file:
        file.write(data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:])


def cmyk(source, path):
    from PIL import Image
    Image.MAX_IMAGE_PIXELS = None
    Image.open(source).convert("CMYK").save(path, quality=75)


if __name__ == "__main__":
    if sys.argv[1] == "cmyk":
        cmyk(sys.argv[2], sys.argv[3])
    elif sys.argv[1] == "png":
        png(sys.argv[2], sys.argv[3], *(word in sys.argv[4:] for word in ("interlaced", "deep", "alpha")))
    else:
        turn(sys.argv[2], sys.argv[3], int(sys.argv[4]))
