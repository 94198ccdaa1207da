"""Stylizes a PPM photo with a PPM painting, by libwct, with nothing but Python's standard library.

    dotnet publish src/Wct.Native -c Release -r linux-x64 -o native
    python3 examples/stylize.py native/libwct.so photo.ppm painting.ppm out.ppm
"""
import ctypes
import sys
from ctypes import POINTER, byref, c_char_p, c_double, c_int32, c_int64, c_size_t, c_uint32, c_void_p

RGB = 0
PROGRESS = ctypes.CFUNCTYPE(c_int32, c_void_p, c_double, c_int32, c_int32)


class Picture(ctypes.Structure):
    _fields_ = [("pixels", c_char_p), ("bytes", c_size_t), ("width", c_int32), ("height", c_int32), ("stride", c_int32), ("format", c_int32)]


class Target(ctypes.Structure):
    _fields_ = [("pixels", c_void_p), ("bytes", c_size_t), ("stride", c_int32), ("format", c_int32)]


class Options(ctypes.Structure):
    _fields_ = [("size", c_uint32), ("reserved", c_uint32), ("strength", c_double), ("levels", c_char_p), ("max_memory", c_int64),
                ("progress", PROGRESS), ("context", c_void_p)]


class Wct:
    """The default model of a libwct."""

    def __init__(self, path):
        self.library = ctypes.CDLL(path)
        self.library.wct_last_error.restype = c_char_p
        self.library.wct_style_free.argtypes = self.library.wct_model_free.argtypes = [c_void_p]
        self.library.wct_style_prepare.argtypes = [c_void_p, POINTER(Picture), POINTER(Options), POINTER(c_void_p)]
        self.library.wct_stylize.argtypes = [c_void_p, POINTER(Picture), c_void_p, POINTER(Options), POINTER(Target)]
        self.model = c_void_p()
        self.check(self.library.wct_model_open_default(None, byref(self.model)))

    def check(self, status):
        if status != 0:
            raise RuntimeError(f"libwct: {self.library.wct_last_error().decode()} (status {status})")

    def stylize(self, photo, painting, strength=0.6, progress=None):
        """Both pictures and the result are (RGB bytes, width, height). Where 'progress' returns False, it ends the call."""
        style, content = c_void_p(), picture(*photo)
        self.check(self.library.wct_style_prepare(self.model, byref(picture(*painting)), None, byref(style)))
        try:
            pixels = ctypes.create_string_buffer(content.bytes)
            target = Target(ctypes.cast(pixels, c_void_p), content.bytes, 0, RGB)
            report = PROGRESS(lambda context, fraction, level, stage: int(progress(fraction) is False)) if progress else PROGRESS()
            options = Options(ctypes.sizeof(Options), 0, strength, None, 0, report, None)
            self.check(self.library.wct_stylize(self.model, byref(content), style, byref(options), byref(target)))
            return pixels.raw, content.width, content.height
        finally:
            self.check(self.library.wct_style_free(style))

    def close(self):
        self.check(self.library.wct_model_free(self.model))


def picture(pixels, width, height):
    return Picture(pixels, len(pixels), width, height, 0, RGB)


def read_ppm(path):
    """A binary PPM with 8 bits per component and no comments."""
    with open(path, "rb") as file:
        words = []
        while len(words) < 4:
            words += (file.readline() or b"the end of the file").split()
        if words[0] != b"P6" or words[3] != b"255":
            raise ValueError(f"{path}: no PPM that this example reads")
        return file.read(), int(words[1]), int(words[2])


def write_ppm(path, pixels, width, height):
    with open(path, "wb") as file:
        file.write(b"P6\n%d %d\n255\n" % (width, height) + pixels)


def show(fraction):
    print(f"\r{fraction:4.0%}", end="", file=sys.stderr)


def main(library, photo, painting, out):
    wct = Wct(library)
    write_ppm(out, *wct.stylize(read_ppm(photo), read_ppm(painting), 0.8, show))
    wct.close()
    print(file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
