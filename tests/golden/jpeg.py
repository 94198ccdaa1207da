"""JPEG files of all kinds that cjpeg and ImageMagick write, and their pixels as decoded by djpeg (libjpeg-turbo)."""
import hashlib
import os
import struct
import subprocess
import tempfile
import numpy as np

from png import netpbm
from seeded import picture

SIZES = [(33, 31), (1, 17), (15, 16), (5, 40), (17, 1), (50, 21), (1, 1)]
SAMPLINGS = ['1x1', '2x1', '1x2', '2x2', '4x1', '1x4', '4x2', '2x4', '3x1', '1x3', '2x1,1x1,1x2', '2x2,2x1,1x2', '1x1,2x2,1x1', '2x2,2x2,1x1',
             '4x1,2x1,1x1']
PLAIN = ['-grayscale', '-grayscale -sample 2x2', '-grayscale -progressive', '-rgb', '-rgb -progressive', '-optimize', '-restart 1',
         '-restart 1B', '-restart 3B -sample 1x1', '-restart 2B -progressive', '-restart 1 -progressive -grayscale']
SCANS = ['0;\n1;\n2;\n', '0 1;\n2;\n', '1 2;\n0;\n',
         '0 1 2: 0-0, 0, 2;\n1: 1-63, 0, 1;\n0: 1-9, 0, 0;\n2: 1-63, 0, 0;\n0: 10-63, 0, 1;\n'
         '0 1 2: 0-0, 2, 1;\n1: 1-63, 1, 0;\n0: 10-63, 1, 0;\n0 1 2: 0-0, 1, 0;\n']
QUALITIES = [1, 5, 20, 50, 90, 100]


def run(*arguments, given=None): return subprocess.run(arguments, input=given, capture_output=True, check=True).stdout
def ppm(pixels): return b'P%d\n%d %d\n255\n' % (5 if pixels.shape[2] == 1 else 6, pixels.shape[1], pixels.shape[0]) + pixels.tobytes()


def with_exif(jpeg, orientation, little):
    """Adds Exif data with an orientation to a file, after an entry for the camera's maker, as cameras write it."""
    order = '<' if little else '>'
    tiff = (b'II*\0' if little else b'MM\0*') + struct.pack(order + 'IH', 8, 2) + struct.pack(order + 'HHI4s', 0x10F, 2, 4, b'abc\0')
    tiff += struct.pack(order + 'HHIHHI', 0x112, 3, 1, orientation, 0, 0)
    data = b'Exif\0\0' + tiff
    return jpeg[:2] + b'\xff\xe1' + struct.pack('>H', len(data) + 2) + data + jpeg[2:]


def turned(pixels, orientation):
    """Applies an orientation. Exif 2.3, 4.6.4 A, says where the stored row 0 and column 0 belong."""
    if orientation in (5, 6, 7, 8):
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return pixels[::-1] if orientation in (3, 4, 7, 8) else pixels


def files():
    """Yields names and files of various sizes."""
    count = 0

    def size():
        nonlocal count
        count += 1
        return picture(*SIZES[count % len(SIZES)], 3, 5000 + count)

    for arguments in [f'-sample {s}{p}' for s in SAMPLINGS for p in ('', ' -progressive -quality 90')] + PLAIN + \
            [f'-quality {q}{p}' for q in QUALITIES for p in ('', ' -progressive -sample 1x1')]:
        yield arguments.replace(' ', '').replace(',', '_').strip('-'), run('cjpeg', *arguments.split(), given=ppm(size()))
    with tempfile.TemporaryDirectory() as folder:
        for number, scans in enumerate(SCANS):
            with open(f'{folder}/scans', 'w') as out:
                out.write(scans)
            yield f'scans{number}', run('cjpeg', '-scans', f'{folder}/scans', given=ppm(size()))
            yield f'scans{number}-restart', run('cjpeg', '-scans', f'{folder}/scans', '-sample', '2x1', '-restart', '5B', given=ppm(size()))
    for name, arguments in (('444', '1x1'), ('420', '2x2'), ('progressive', '2x1 -interlace JPEG')):
        ycck = run('convert', 'ppm:-', '-strip', '-colorspace', 'CMYK', '-sampling-factor', *arguments.split(), 'jpeg:-', given=ppm(picture(29, 19, 3, 6000)))
        yield f'ycck-{name}', ycck
        # The byte for the color transform: 2 for YCCK, 0 for plain CMYK.
        at = ycck.index(b'Adobe') + 11
        yield f'cmyk-{name}', ycck[:at] + b'\0' + ycck[at + 1:]
    for orientation in range(1, 9):
        gray = ['-grayscale'] if orientation % 2 else []
        plain = run('cjpeg', *gray, given=ppm(picture(21, 14, 3, 7000)))
        yield f'orientation{orientation}', with_exif(plain, orientation, little=orientation % 3 == 0)


def samples(folder):
    """Writes the files, and returns their pixels as decoded by djpeg, by file name."""
    os.makedirs(folder, exist_ok=True)
    shown = {}
    for name, data in files():
        pixels = netpbm(run('djpeg', given=data))
        shown[f'{name}.jpg'] = np.ascontiguousarray(turned(pixels, int(name[11:])) if name.startswith('orientation') else pixels)
        with open(f'{folder}/{name}.jpg', 'wb') as out:
            out.write(data)
    return shown


def encoder():
    """Returns lines 'width height channels quality length SHA-256' of the files that cjpeg writes for pictures of seeded.py."""
    lines = []
    for quality in (1, 10, 50, 75, 89, 90, 92, 100):
        for width, height in ((1, 1), (1, 17), (17, 1), (15, 16), (16, 15), (33, 31), (131, 50)):
            for channels in (1, 3):
                sampling = '2x2' if quality < 90 and channels == 3 else '1x1'
                pixels = picture(width, height, channels, 8000)
                data = run('cjpeg', '-baseline', '-quality', str(quality), '-sample', sampling, given=ppm(pixels))
                lines.append(f'{width} {height} {channels} {quality} {len(data)} {hashlib.sha256(data).hexdigest()}\n')
    return lines
