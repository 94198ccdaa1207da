"""Writes and checks PNG files with the standard library only."""
import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, seed, rows=None):
    """A picture with smooth colors and some noise; `rows` fewer than `height` make a file that announces more than it has."""
    raw = bytearray()
    state = seed * 2654435761 % 2**32
    for y in range(height if rows is None else rows):
        raw.append(0)
        for x in range(width):
            state = (state * 1664525 + 1013904223) % 2**32
            noise = state >> 28
            raw += bytes(((x * 3 + noise) % 256, (y * 5 + noise) % 256, (x + y + seed * 40) % 256))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(raw))) + chunk(b"IEND", b"")


def size(data):
    """Decodes a PNG and returns its width and height. Raises ValueError if it is damaged."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("no PNG signature")
    at, width, height, depth, pixels, ended = 8, 0, 0, 0, b"", False
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if zlib.crc32(kind + body) != struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0]:
            raise ValueError(f"the checksum of {kind} is wrong")
        if kind == b"IHDR":
            width, height, depth, color = struct.unpack(">IIBB", body[:10])
            channels = {0: 1, 2: 3, 6: 4}[color]
        if kind == b"IDAT":
            pixels += body
        ended = ended or kind == b"IEND"
        at += 12 + length
    if not ended or len(zlib.decompress(pixels)) != height * (1 + width * channels * depth // 8):
        raise ValueError("pixels are missing")
    return width, height


def form(boundary, files, fields):
    """The body of a form."""
    body = b""
    for part, name, data in files:
        body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{part}"; filename="{name}"\r\n'
                 "Content-Type: application/octet-stream\r\n\r\n").encode() + data + b"\r\n"
    for name, value in fields:
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    return body + f"--{boundary}--\r\n".encode()
