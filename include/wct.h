/*
 * libwct: universal style transfer. A photo and a painting go in, the photo in the painting's style comes out.
 *
 *     wct_model *model;
 *     wct_style *style;
 *     if (wct_model_open_default(NULL, &model) != WCT_OK) puts(wct_last_error());
 *     wct_style_prepare(model, &painting, NULL, &style);      once, for any number of photos
 *     wct_stylize(model, &photo, style, NULL, &result);
 *     wct_style_free(style);
 *     wct_model_free(model);
 *
 * Rules for all functions:
 *   - Any function may be called from any thread, and by several at once, with the same handles too.
 *   - Texts are UTF-8 and end with a zero byte. What a function is given it doesn't keep: texts, pixels and structs are the caller's again
 *     when it returns.
 *   - A status other than WCT_OK means that nothing was done: no handle was given out, no pixel and no file was written (but a GPU that
 *     fails while it hands a result over may leave part of it). wct_last_error() says what was wrong, with the values, to the thread that
 *     made the call; a buffer in the options ('error') says it to any thread, which asynchronous callers need: Node's worker threads,
 *     goroutines and thread pools make calls on threads that their caller doesn't know. A place for a handle, where one is given, is set
 *     to NULL first.
 *   - Any handle value is safe: one that was freed, never given out, or is of the other kind is answered with WCT_INVALID_HANDLE.
 *   - Memory that doesn't belong to the caller, or less of it than 'bytes' and 'size' say, is the one thing that can't be found out.
 *   - The first call starts the library's own runtime, which takes 16 GB of addresses (not of memory) and, on x64, a processor with AVX2;
 *     where it can't have them it ends the process, with a line on standard error for the processor. It isn't for use in a child after
 *     fork() without exec().
 *   - The library stays until the process ends. dlclose() and FreeLibrary() succeed and change nothing: it stays in place and usable, handles
 *     stay valid, and loading it again gives the same one. Threads that called it may end at any time after that.
 */
#ifndef WCT_H
#define WCT_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define WCT_API __declspec(dllimport)
#else
#define WCT_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a call came to. */
typedef int32_t wct_status;

enum {
    WCT_OK = 0,
    WCT_INVALID_ARGUMENT = 1,   /* NULL where something is needed, a number out of its range, sizes that don't fit each other */
    WCT_INVALID_HANDLE = 2,     /* freed already, never given out, or of the other kind */
    WCT_CANCELED = 3,          /* the progress callback asked for it */
    WCT_FILE_ERROR = 4,         /* a file isn't there, or can't be read or written */
    WCT_FORMAT_ERROR = 5,       /* what was read is damaged, or no model and no style */
    WCT_MODEL_MISMATCH = 6,        /* the style was measured with other networks */
    WCT_DEVICE_ERROR = 7,       /* the device asked for isn't there, doesn't work, or failed */
    WCT_OUT_OF_MEMORY = 8,
    WCT_UNSUPPORTED = 9,        /* this machine or build can't do it */
    WCT_INTERNAL_ERROR = 10     /* a fault of the library's: please report it, with the text */
};

/* Networks, made ready for a device. */
typedef struct wct_model wct_model;

/* A painting's style, measured once. Needs no model to live on: the model that measured it may be freed before it. */
typedef struct wct_style wct_style;

/*
 * How a pixel's bytes follow each other. 8 bits per component. Where alpha is 0 a color doesn't count: it has no influence on a result.
 * Premultiplied colors are stored times alpha / 255. They are divided when they are read and multiplied when they are written, rounded to
 * the nearest both times: a color that doesn't change is stored as the same byte, and no color is larger than its alpha.
 */
enum {
    WCT_RGB = 0,
    WCT_RGBA = 1,
    WCT_BGR = 2,
    WCT_BGRA = 3,
    WCT_GRAY = 4,               /* for pictures that are read; a stylized one has colors */
    WCT_RGBA_PREMULTIPLIED = 5,
    WCT_BGRA_PREMULTIPLIED = 6
};

/* A picture that is read: rows from top to bottom. At most 2^31 - 1 bytes. */
typedef struct wct_picture {
    const void *pixels;
    size_t bytes;               /* readable at 'pixels': at least (height - 1) * stride + width * bytes per pixel */
    int32_t width;              /* pixels, at least 1 */
    int32_t height;             /* rows, at least 1 */
    int32_t stride;             /* bytes from one row to the next; 0 for rows without gaps */
    int32_t format;             /* WCT_RGB .. WCT_BGRA_PREMULTIPLIED */
} wct_picture;

/* Where a result goes: a picture of the content's size. At most 2^31 - 1 bytes. */
typedef struct wct_target {
    void *pixels;
    size_t bytes;               /* writable at 'pixels': at least (height - 1) * stride + width * bytes per pixel */
    int32_t stride;             /* bytes from one row to the next; 0 for rows without gaps. Bytes in gaps are left as they are */
    int32_t format;             /* WCT_RGB .. WCT_BGRA_PREMULTIPLIED, but not WCT_GRAY */
} wct_target;

/* The stages of a level. */
enum {
    WCT_STAGE_STYLE = 0,        /* the style's features and statistics */
    WCT_STAGE_ENCODE = 1,       /* the content's features */
    WCT_STAGE_TRANSFORM = 2,    /* whitening and coloring */
    WCT_STAGE_DECODE = 3        /* the picture from its features */
};

/*
 * Told how far a call is, on the thread that made the call, after every layer of the networks, in tiles after every layer of a tile.
 *   context   what the options hold
 *   fraction  share of the whole work that is done, 0 to 1; never falls
 *   level     1 to 5, the one at work; 0 while a style is measured
 *   stage     WCT_STAGE_STYLE .. WCT_STAGE_DECODE
 * Returns 0 to go on; anything else ends the call soon with WCT_CANCELED. It may call the library. It must return: neither longjmp nor a
 * C++ exception may leave it.
 */
typedef int32_t (*wct_progress)(void *context, double fraction, int32_t level, int32_t stage);

/*
 * Called with one line when a call falls back: to tiles, because a device lacks the memory that it reported, or to less memory than
 * 'max_memory'. Comes on the thread that made the call. 'text' is valid until it returns. It must return: neither longjmp nor a C++
 * exception may leave it.
 *   context   what the options hold
 */
typedef void (*wct_warning)(void *context, const char *text);

/* What convolutions compute in. Results are the same except on NVIDIA cards with compute capability 8.0 and later. */
enum {
    WCT_PRECISION_SINGLE = 0,
    WCT_PRECISION_HALF = 1,     /* wide layers in half precision, on tensor cores */
    WCT_PRECISION_TF32 = 2      /* wide layers in TF32, on tensor cores */
};

/*
 * Choices for opening a model; NULL in place of them takes the defaults. Start from WCT_OPEN_OPTIONS_INIT. Later versions add fields at
 * the end: 'size' tells which ones the caller knows, and bytes that this version doesn't know must be zero.
 */
typedef struct wct_open_options {
    uint32_t size;              /* sizeof(wct_open_options) */
    int32_t threads;            /* threads to compute with, the caller's among them, at most 1024; 0 takes one per processor */
    const char *device;         /* "auto" (the same as NULL), "cpu", "cuda", "cuda:1", "opencl", "opencl:1"; "auto" never fails */
    char *error;                /* receives what was wrong if the call fails, "" if it doesn't; NULL for nowhere. See wct_options */
    size_t error_bytes;         /* writable at 'error' */
    int32_t precision;          /* WCT_PRECISION_SINGLE .. WCT_PRECISION_TF32 */
    uint32_t reserved;          /* 0 */
    wct_warning warning;        /* for calls that use the model, until it is freed and the last of them has ended; NULL for none */
    void *warning_context;      /* handed to 'warning' */
} wct_open_options;

#define WCT_OPEN_OPTIONS_INIT { (uint32_t)sizeof(wct_open_options), 0, NULL, NULL, 0, WCT_PRECISION_SINGLE, 0, NULL, NULL }

/* Choices for measuring a style and for stylizing; as above. Start from WCT_OPTIONS_INIT: a struct of zeros has a strength of 0. */
typedef struct wct_options {
    uint32_t size;              /* sizeof(wct_options) */
    uint32_t reserved;          /* 0 */
    double strength;            /* share of the style, 0 to 1; default 0.6. Measuring a style takes no notice of it */
    const char *levels;         /* levels of detail, a digit each, in the order in which they run: "54321". NULL: all of the model */
    int64_t max_memory;         /* bytes that the process may take, larger pictures are done in tiles; 0: 1.4 GB, less
                                   where the process may take less (a container's limit), or what a GPU has */
    wct_progress progress;      /* NULL for none */
    void *context;              /* handed to 'progress' */
    char *error;                /* receives what was wrong if the call fails, "" if it doesn't; NULL for nowhere */
    size_t error_bytes;         /* writable at 'error'; 1024 hold every message whole. A longer one is cut, with a zero byte at its end */
} wct_options;

/*
 * 'error' receives the same text as wct_last_error(), before the call returns, whichever thread made the call. Only where 'options' itself
 * has a wrong size is it left alone. Calls that run at the same time need a buffer each.
 */
#define WCT_OPTIONS_INIT { (uint32_t)sizeof(wct_options), 0, 0.6, NULL, 0, NULL, NULL, NULL, 0 }

/* The library's version, "0.1.0". Never NULL; valid for ever. */
WCT_API const char *wct_version(void);

/*
 * What was wrong with the last call of this thread that failed, in one line; "" if none has. Calls that succeed leave it as it is.
 * Never NULL; valid until the thread's next failure or its end.
 */
WCT_API const char *wct_last_error(void);

/*
 * Opens the model that the library carries.
 *   options  NULL for the defaults
 *   model    receives the handle, to be given to wct_model_free
 * WCT_INVALID_ARGUMENT, WCT_DEVICE_ERROR, WCT_OUT_OF_MEMORY, WCT_UNSUPPORTED (the environment's WCT_ISA asks for what there isn't).
 */
WCT_API wct_status wct_model_open_default(const wct_open_options *options, wct_model **model);

/*
 * Opens a model file (.safetensors), or a folder of published networks.
 *   path     the file or folder
 * As wct_model_open_default, and WCT_FILE_ERROR, WCT_FORMAT_ERROR.
 */
WCT_API wct_status wct_model_open(const char *path, const wct_open_options *options, wct_model **model);

/*
 * Opens a model file that lies in memory.
 *   data     its bytes
 *   bytes    how many, 1 to 2^31 - 1
 * As wct_model_open_default, and WCT_FORMAT_ERROR.
 */
WCT_API wct_status wct_model_open_memory(const void *data, size_t bytes, const wct_open_options *options, wct_model **model);

/*
 * What computes, for people: "CPU, Vector256, 8 threads".
 *   text     receives it, cut to fit, always with a zero byte at its end; may be NULL if 'bytes' is 0
 *   bytes    writable at 'text'
 *   needed   receives the bytes that the whole text takes, zero byte included; may be NULL
 * WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE.
 */
WCT_API wct_status wct_model_device(wct_model *model, char *text, size_t bytes, size_t *needed);

/*
 * Gives a model back. Calls that use it go on; its threads and memory are freed when the last of them has ended. Takes some milliseconds.
 * A style that it measured still holds its weights, a few megabytes, until it is freed too.
 * NULL is fine and does nothing. WCT_INVALID_HANDLE.
 */
WCT_API wct_status wct_model_free(wct_model *model);

/*
 * Measures a painting.
 *   painting  of any size; at least one pixel's alpha must be above 0
 *   options   NULL for the defaults; 'levels' are those at which it can be used
 *   style     receives the handle, to be given to wct_style_free
 * WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE, WCT_CANCELED, WCT_DEVICE_ERROR, WCT_OUT_OF_MEMORY; WCT_FORMAT_ERROR if the model's weights
 * make features overflow.
 */
WCT_API wct_status wct_style_prepare(wct_model *model, const wct_picture *painting, const wct_options *options, wct_style **style);

/*
 * Opens a style file for use with a model.
 *   model    whose encoders measured it
 *   path     a file that wct_style_save wrote
 *   style    receives the handle, to be given to wct_style_free
 * WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE, WCT_FILE_ERROR, WCT_FORMAT_ERROR, WCT_OUT_OF_MEMORY; WCT_MODEL_MISMATCH if other encoders
 * measured it, the text naming both.
 */
WCT_API wct_status wct_style_open(wct_model *model, const char *path, wct_style **style);

/* As wct_style_open, with options: 'error' and 'error_bytes' count, the others must be valid. NULL for the defaults. */
WCT_API wct_status wct_style_open_with(wct_model *model, const char *path, const wct_options *options, wct_style **style);

/*
 * Writes a style file. It appears whole or not at all.
 *   path     by convention .safetensors; its folder must be there, a file there is replaced
 * WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE, WCT_FILE_ERROR, WCT_OUT_OF_MEMORY.
 */
WCT_API wct_status wct_style_save(wct_style *style, const char *path);

/* As wct_style_save, with options: 'error' and 'error_bytes' count, the others must be valid. NULL for the defaults. */
WCT_API wct_status wct_style_save_with(wct_style *style, const char *path, const wct_options *options);

/* Gives a style back. Calls that use it go on. NULL is fine and does nothing. WCT_INVALID_HANDLE. */
WCT_API wct_status wct_style_free(wct_style *style);

/*
 * Stylizes a photo.
 *   photo    of any size
 *   style    measured with this model, or with one of the same encoders
 *   options  NULL for the defaults
 *   result   receives a picture of the photo's size. Its alpha is the photo's, or 255 where the photo has none; where it is 0, the colors
 *            go on from the visible ones, or are 0 where premultiplied. May be the photo's own memory, if stride and bytes per pixel are
 *            the same
 * The same inputs give the same bytes, for any number of threads, on the same device.
 * WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE, WCT_CANCELED, WCT_MODEL_MISMATCH, WCT_DEVICE_ERROR, WCT_OUT_OF_MEMORY; WCT_FORMAT_ERROR if the
 * model's weights or the style's numbers make features overflow.
 */
WCT_API wct_status wct_stylize(
    wct_model *model, const wct_picture *photo, wct_style *style, const wct_options *options, const wct_target *result);

#ifdef __cplusplus
}
#endif

#endif
