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
 *   - Threads: any thread may call any function. Several threads may call at the same time, with the same handles too.
 *   - Strings are UTF-8 and end with a zero byte.
 *   - Ownership: a function keeps nothing that it is given. When it returns, strings, pixels and structs belong to the caller again.
 *   - Errors: a status other than WCT_OK means that nothing was done. No handle was created, and no pixel and no file was written. The one
 *     exception is a GPU that fails while it delivers a result: it may leave a part of it. An output for a handle is set to NULL first.
 *   - Messages: wct_last_error() returns the message with the values to the thread that made the call. A buffer in the options ('error')
 *     gives it to any thread. Asynchronous callers need the buffer: Node's worker threads, goroutines and thread pools make calls on
 *     threads that their caller doesn't know.
 *   - Handles: any value is safe. A handle that was freed, was never created, or is of another kind gets WCT_INVALID_HANDLE.
 *   - Memory: the library can't detect memory that doesn't belong to the caller, or that is smaller than 'bytes' and 'size' say.
 *   - Start: the first call starts the library's runtime. It needs 16 GB of address space (not of memory) and, on x64, a processor with
 *     AVX2. Without them it ends the process; for the processor, it prints a line to standard error first. Don't use the library in a
 *     child process after fork() without exec().
 *   - End: the library stays until the process ends. dlclose() and FreeLibrary() succeed and change nothing: the library stays usable,
 *     handles stay valid, and loading it again returns the same library. Threads that called it may end at any time after that.
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

/* The result of a call. */
typedef int32_t wct_status;

enum {
    WCT_OK = 0,
    WCT_INVALID_ARGUMENT = 1,   /* NULL where a value is required, a number out of range, sizes that don't match */
    WCT_INVALID_HANDLE = 2,     /* freed already, never created, or of another kind */
    WCT_CANCELED = 3,           /* a callback asked for it */
    WCT_FILE_ERROR = 4,         /* a file doesn't exist, or can't be read or written */
    WCT_FORMAT_ERROR = 5,       /* the data is damaged, or isn't a model, a style or a picture */
    WCT_MODEL_MISMATCH = 6,     /* the style was measured with other encoders */
    WCT_DEVICE_ERROR = 7,       /* the requested device doesn't exist, doesn't work, or failed */
    WCT_OUT_OF_MEMORY = 8,
    WCT_UNSUPPORTED = 9,        /* this machine or build can't do it */
    WCT_INTERNAL_ERROR = 10     /* a bug in the library: please report it, with the message */
};

/* Networks, prepared for a device. */
typedef struct wct_model wct_model;

/* A painting's style, measured once. It doesn't need its model: that may be freed first. */
typedef struct wct_style wct_style;

/* A feed-forward network, prepared for a device. It was trained for its styles. */
typedef struct wct_network wct_network;

/*
 * The order of a pixel's bytes, 8 bits per component. The color of a pixel with alpha 0 has no influence on a result.
 * Premultiplied colors are stored as color * alpha / 255. They are divided when they are read and multiplied when they are written, and
 * rounded to nearest both times. A color that doesn't change is stored as the same byte, and no color exceeds its alpha.
 */
enum {
    WCT_RGB = 0,
    WCT_RGBA = 1,
    WCT_BGR = 2,
    WCT_BGRA = 3,
    WCT_GRAY = 4,               /* for input only; a stylized picture has colors */
    WCT_RGBA_PREMULTIPLIED = 5,
    WCT_BGRA_PREMULTIPLIED = 6
};

/* An input picture: rows from top to bottom. At most 2^31 - 1 bytes. */
typedef struct wct_picture {
    const void *pixels;
    size_t bytes;               /* readable at 'pixels': at least (height - 1) * stride + width * bytes per pixel */
    int32_t width;              /* pixels, at least 1 */
    int32_t height;             /* rows, at least 1 */
    int32_t stride;             /* bytes from one row to the next; 0 for rows without gaps */
    int32_t format;             /* WCT_RGB .. WCT_BGRA_PREMULTIPLIED */
} wct_picture;

/* Memory for a result: a picture of the content's size. At most 2^31 - 1 bytes. */
typedef struct wct_target {
    void *pixels;
    size_t bytes;               /* writable at 'pixels': at least (height - 1) * stride + width * bytes per pixel */
    int32_t stride;             /* bytes from one row to the next; 0 for rows without gaps. Bytes in gaps don't change */
    int32_t format;             /* WCT_RGB .. WCT_BGRA_PREMULTIPLIED, but not WCT_GRAY */
} wct_target;

/* The share that a style has in each pixel of a picture, or that each pixel has in a style's statistics. At most 2^31 - 1 bytes. */
typedef struct wct_mask {
    const void *shares;         /* rows from top to bottom, a byte per pixel: 0 for no share to 255 for all */
    size_t bytes;               /* readable at 'shares': at least (height - 1) * stride + width */
    int32_t width;              /* pixels, as many as the picture's */
    int32_t height;             /* rows, as many as the picture's */
    int32_t stride;             /* bytes from one row to the next; 0 for rows without gaps */
    int32_t feather;            /* pixels that the ramp of a hard edge reaches to each side, 0 to 4000; 0 changes nothing */
} wct_mask;

/* The stages of a level. */
enum {
    WCT_STAGE_STYLE = 0,        /* the style's features and statistics */
    WCT_STAGE_ENCODE = 1,       /* the content's features */
    WCT_STAGE_TRANSFORM = 2,    /* whitening and coloring */
    WCT_STAGE_DECODE = 3        /* the picture, from the features */
};

/*
 * Reports progress. It is called on the thread that made the call, after every layer of the networks; with tiles, after every layer of
 * each tile.
 *   context   the 'context' of the options
 *   fraction  share of the work that is done, 0 to 1; never decreases
 *   level     the current level, 1 to 5; 0 while a style is measured
 *   stage     WCT_STAGE_STYLE .. WCT_STAGE_DECODE
 * Return 0 to continue. Any other value ends the call soon, with WCT_CANCELED. The callback may call the library. It must return: don't
 * leave it with longjmp or a C++ exception.
 */
typedef int32_t (*wct_progress)(void *context, double fraction, int32_t level, int32_t stage);

/*
 * Receives the picture of each level when it is finished, on the thread that made the call.
 *   context   the 'context' of the options
 *   level     1 to 5
 *   pass      the pass, counted from 1
 *   picture   RGB, of the result's size; valid until the callback returns. It takes 3 bytes per pixel in addition to 'max_memory'. Preserved
 *             colors and photo mode follow after the last level
 * Return 0 to continue. Any other value ends the call with WCT_CANCELED. The callback may call the library. It must return, as
 * wct_progress must.
 */
typedef int32_t (*wct_level_picture)(void *context, int32_t level, int32_t pass, const wct_picture *picture);

/*
 * Called with one line when a call falls back: to tiles, because a device lacks the memory that it reported, or to less memory than
 * 'max_memory'. Also called when a picture of a recipe is damaged, but could be read. Comes on the thread that made the call. 'text' is
 * valid until it returns. It must return: neither longjmp nor a C++ exception may leave it.
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
 * Options for opening a model. NULL instead of the struct means the defaults. Initialize it with WCT_OPEN_OPTIONS_INIT. Later versions add
 * fields at the end. 'size' says which fields the caller knows. Bytes that this version doesn't know must be zero.
 */
typedef struct wct_open_options {
    uint32_t size;              /* sizeof(wct_open_options) */
    int32_t threads;            /* number of threads, the caller's included, at most 1024; 0: one per processor */
    const char *device;         /* "auto" (same as NULL; never fails), "cpu", "cuda", "cuda:1", "opencl", "opencl:1" */
    char *error;                /* receives the message if the call fails, else ""; NULL for none. See wct_options */
    size_t error_bytes;         /* writable at 'error' */
    int32_t precision;          /* WCT_PRECISION_SINGLE .. WCT_PRECISION_TF32 */
    uint32_t reserved;          /* 0 */
    wct_warning warning;        /* for calls that use the model, until it is freed and the last of them has ended; NULL for none */
    void *warning_context;      /* handed to 'warning' */
} wct_open_options;

#define WCT_OPEN_OPTIONS_INIT { (uint32_t)sizeof(wct_open_options), 0, NULL, NULL, 0, WCT_PRECISION_SINGLE, 0, NULL, NULL }

/*
 * Options for measuring a style and for stylizing, with the same rules. Initialize the struct with WCT_OPTIONS_INIT: zeros would mean a
 * strength of 0.
 */
typedef struct wct_options {
    uint32_t size;              /* sizeof(wct_options) */
    uint32_t reserved;          /* 0 */
    double strength;            /* strength of the style, 0 to 1; default 0.6. Ignored when a style is measured */
    const char *levels;         /* levels to run, one digit each, in this order: "54321"; a level may occur twice. NULL: all of the
                                   model, deepest first */
    int64_t max_memory;         /* memory budget of the process in bytes; larger pictures run in tiles. 0: 1.4 GB, less
                                   if the process may use less (a container's limit), or a GPU's memory */
    wct_progress progress;      /* NULL for none */
    void *context;              /* passed to 'progress' and 'level_picture' */
    char *error;                /* receives the message if the call fails, else ""; NULL for none */
    size_t error_bytes;         /* writable at 'error'. 1024 hold as much as wct_last_error(); a longer message is cut */
    const char *strengths;      /* strengths of single levels, "5:0.4,4:1"; the other levels have 'strength'. Or with a strength for
                                   these, which replaces 'strength': "0.8,5:0.4". NULL: 'strength' at every level */
    const char *transform;      /* the transform of all levels, "wct", "adain", "ot", "swap", "swap-raw" or "whiten"; of single levels,
                                   "5:swap,4:adain"; or both, "ot,5:swap". NULL: "wct", whitening and coloring. A style for "swap" or
                                   "swap-raw" must be measured with the same transform at that level */
    const char *preserve_color; /* how the photo's colors are kept: "linear", "luminance" or "histogram", with a strength of 0 to 1 if it
                                   isn't 1: "luminance:0.5". NULL or "none": they aren't. "linear" and "histogram" change the style's
                                   pixels, so its style comes from wct_style_prepare_masked, with the photo and the same option */
    double style_scale;         /* size at which a style is measured, relative to its own, above 0 to 16; larger ones have larger brush
                                   strokes. 0: 1. Ignored when stylizing */
    int32_t passes;             /* how often all levels run, 1 to 100; 0: 1 */
    int32_t photo;              /* 1 for photo mode, which keeps the photo's edges and details; 0: off */
    int32_t photo_radius;       /* photo mode: radius of its filter in pixels, 1 to 1000; 0: a twenty-fifth of the photo's shorter
                                   side, 4 to 200 */
    uint32_t reserved2;         /* 0 */
    double photo_epsilon;       /* photo mode: variance of the luminance (0..1) from which on a window counts as an edge; 0: 0.0001 */
    double photo_detail;        /* photo mode: share of the photo's detail that is added, above 0 to 4; 0: 1; -1: none */
    wct_level_picture level_picture; /* NULL for none */
} wct_options;

/*
 * 'error' receives the same text as wct_last_error() before the call returns, on whatever thread the call was made. It isn't written if the
 * 'size' of the options is wrong. Calls that run at the same time need a buffer each.
 */
#define WCT_OPTIONS_INIT \
    { (uint32_t)sizeof(wct_options), 0, 0.6, NULL, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, NULL }

/* The strength of a region that has none of its own. */
#define WCT_STRENGTH_OF_OPTIONS (-1.0)

/*
 * A region of the photo and its style. Initialize it with WCT_REGION_INIT. It grows like the options; all regions of a call have the same
 * size. Where the masks of all regions add up to more than 255, the shares are scaled; where they add up to less, the rest stays photo.
 */
typedef struct wct_region {
    uint32_t size;              /* sizeof(wct_region) */
    uint32_t reserved;          /* 0 */
    wct_style *style;
    const wct_mask *mask;       /* of the photo's size; NULL for the whole photo */
    double strength;            /* 0 to 1, at every level that has none of its own; default WCT_STRENGTH_OF_OPTIONS */
} wct_region;

#define WCT_REGION_INIT { (uint32_t)sizeof(wct_region), 0, NULL, NULL, WCT_STRENGTH_OF_OPTIONS }

/* How several styles become one. */
enum {
    WCT_MIX_FEATURES = 0,       /* the transformed features of all styles are averaged */
    WCT_MIX_COVARIANCE = 1      /* one style with the mean of the means, and the Bures barycenter of the covariances */
};

/*
 * Options for making a texture, with the same rules. Initialize the struct with WCT_TEXTURE_OPTIONS_INIT: zeros would mean a strength of 0.
 */
typedef struct wct_texture_options {
    uint32_t size;              /* sizeof(wct_texture_options) */
    int32_t tileable;           /* 1: the texture repeats without a seam; both sides must be multiples of 16. 0: it doesn't */
    uint64_t seed;              /* of the noise that it starts with; the same seed gives the same texture */
    double strength;            /* strength of the style, 0 to 1; default 1 */
    const char *levels;         /* as in wct_options */
    const char *strengths;      /* as in wct_options */
    const char *transform;      /* as in wct_options */
    int32_t passes;             /* how often all levels run, 1 to 100; 0: 3 */
    uint32_t reserved;          /* 0 */
    int64_t max_memory;         /* as in wct_options */
    wct_progress progress;      /* NULL for none */
    void *context;              /* passed to 'progress' */
    char *error;                /* as in wct_options */
    size_t error_bytes;
} wct_texture_options;

#define WCT_TEXTURE_OPTIONS_INIT \
    { (uint32_t)sizeof(wct_texture_options), 0, 0, 1.0, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0 }

/* What a feed-forward network makes. */
enum {
    WCT_NETWORK_STYLE = 0,      /* a picture in a style, from a photo */
    WCT_NETWORK_UPSCALE = 1,    /* a larger picture, from a photo */
    WCT_NETWORK_TEXTURE = 2     /* a texture, from noise */
};

/*
 * Options for running a feed-forward network, with the same rules. Initialize the struct with WCT_NETWORK_OPTIONS_INIT: zeros would mean no
 * noise.
 */
typedef struct wct_network_options {
    uint32_t size;              /* sizeof(wct_network_options) */
    uint32_t reserved;          /* 0 */
    const double *style_weights; /* a weight per style of the network, at least 0, one of them above 0; only their ratio matters. NULL: the
                                   first style */
    size_t style_count;         /* number of weights: the network's styles; 0 with NULL */
    uint64_t seed;              /* of the noise of a network that has some; the same seed gives the same result */
    double noise_scale;         /* multiplies the noise, at least 0; default 1 */
    int64_t max_memory;         /* as in wct_options, but a network that normalizes over the whole picture can't run in tiles: the call
                                   fails, and the message says what it needs. 0: 1.4 GB, or all that the process can have if it can't */
    wct_progress progress;      /* NULL for none. It is called after every layer, with level 0 and WCT_STAGE_DECODE */
    void *context;              /* passed to 'progress' */
    char *error;                /* as in wct_options */
    size_t error_bytes;
} wct_network_options;

#define WCT_NETWORK_OPTIONS_INIT { (uint32_t)sizeof(wct_network_options), 0, NULL, 0, 0, 1.0, 0, NULL, NULL, NULL, 0 }

/* The library's version, for example "0.1.0". Never NULL. Always valid. */
WCT_API const char *wct_version(void);

/*
 * The message of this thread's last call that failed, in one line; "" if none has failed. Calls that succeed don't change it.
 * Never NULL. Valid until the thread's next failure or the thread's end.
 */
WCT_API const char *wct_last_error(void);

/*
 * Opens the built-in model.
 *   options  NULL for the defaults
 *   model    receives the handle; free it with wct_model_free
 * Errors: WCT_INVALID_ARGUMENT, WCT_DEVICE_ERROR, WCT_OUT_OF_MEMORY; WCT_UNSUPPORTED if the environment variable WCT_ISA asks for vectors
 * that the library or the machine doesn't have.
 */
WCT_API wct_status wct_model_open_default(const wct_open_options *options, wct_model **model);

/*
 * Opens a model file (.safetensors) or a folder of published networks.
 *   path     the file or folder
 * Errors: as wct_model_open_default, and WCT_FILE_ERROR, WCT_FORMAT_ERROR.
 */
WCT_API wct_status wct_model_open(const char *path, const wct_open_options *options, wct_model **model);

/*
 * Opens a model file that is in memory.
 *   data     its bytes
 *   bytes    number of bytes, 1 to 2^31 - 1
 * Errors: as wct_model_open_default, and WCT_FORMAT_ERROR.
 */
WCT_API wct_status wct_model_open_memory(const void *data, size_t bytes, const wct_open_options *options, wct_model **model);

/*
 * Describes the model's device, for people to read: "CPU, Vector256, 8 threads".
 *   text     receives the description, cut to fit, always with a zero byte at its end; may be NULL if 'bytes' is 0
 *   bytes    writable at 'text'
 *   needed   receives the size of the whole description in bytes, zero byte included; may be NULL
 * Errors: WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE.
 */
WCT_API wct_status wct_model_device(wct_model *model, char *text, size_t bytes, size_t *needed);

/*
 * Frees a model. Calls that use it continue; its threads and memory are freed when the last of them has ended. This takes some
 * milliseconds. A style that it measured keeps the model's weights, a few megabytes, until that style is freed too.
 * NULL does nothing.
 * Errors: WCT_INVALID_HANDLE.
 */
WCT_API wct_status wct_model_free(wct_model *model);

/*
 * Measures a painting's style.
 *   painting  any size; at least one pixel must have an alpha above 0
 *   options   NULL for the defaults; the style can be used at the levels in 'levels'
 *   style     receives the handle; free it with wct_style_free
 * Errors: WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE, WCT_CANCELED, WCT_DEVICE_ERROR, WCT_OUT_OF_MEMORY; WCT_FORMAT_ERROR if the model's
 * weights make features overflow.
 */
WCT_API wct_status wct_style_prepare(wct_model *model, const wct_picture *painting, const wct_options *options, wct_style **style);

/*
 * Measures a part of a painting, or a painting with the colors of a photo.
 *   mask      the share of each pixel in the style, of the painting's size; NULL if all pixels count
 *   photo     the photo to which the style will be applied: its colors are used if 'preserve_color' is "linear" or "histogram", and
 *             needed then. Otherwise it is ignored; NULL for none
 * The rest is as in wct_style_prepare.
 */
WCT_API wct_status wct_style_prepare_masked(
    wct_model *model, const wct_picture *painting, const wct_mask *mask, const wct_picture *photo, const wct_options *options,
    wct_style **style);

/*
 * Mixes styles.
 *   styles    'count' styles, 1 to 100, measured with the same encoders
 *   weights   a weight per style, at least 0, one of them above 0. Only their ratio matters
 *   mixing    WCT_MIX_FEATURES or WCT_MIX_COVARIANCE. Only the latter can be saved; "swap" and "swap-raw" need the former
 *   options   only 'error' and 'error_bytes' have an effect; the other fields must be valid. NULL for the defaults
 *   style     receives the handle of the mixture, which needs the others no longer; free it with wct_style_free. It may be one of 'styles'
 * Errors: WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE, WCT_OUT_OF_MEMORY; WCT_MODEL_MISMATCH if different encoders measured the styles.
 */
WCT_API wct_status wct_style_mix(
    wct_style *const *styles, const double *weights, size_t count, int32_t mixing, const wct_options *options, wct_style **style);

/*
 * Creates a style without statistics, for the transform "whiten".
 *   style    receives the handle; free it with wct_style_free
 * Errors: WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE.
 */
WCT_API wct_status wct_style_none(wct_model *model, wct_style **style);

/*
 * Opens a style file for use with a model.
 *   model    a model with the encoders that measured the style
 *   path     a file that wct_style_save wrote
 *   style    receives the handle; free it with wct_style_free
 * Errors: WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE, WCT_FILE_ERROR, WCT_FORMAT_ERROR, WCT_OUT_OF_MEMORY; WCT_MODEL_MISMATCH if other
 * encoders measured the style (the message names both).
 */
WCT_API wct_status wct_style_open(wct_model *model, const char *path, wct_style **style);

/* wct_style_open with options. Only 'error' and 'error_bytes' have an effect; the other fields must be valid. NULL for the defaults. */
WCT_API wct_status wct_style_open_with(wct_model *model, const char *path, const wct_options *options, wct_style **style);

/*
 * Writes a style file. It appears whole or not at all. A mixture of features can't be saved.
 *   path     by convention .safetensors; its folder must exist, and an existing file is replaced
 * Errors: WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE, WCT_FILE_ERROR, WCT_OUT_OF_MEMORY.
 */
WCT_API wct_status wct_style_save(wct_style *style, const char *path);

/* wct_style_save with options. Only 'error' and 'error_bytes' have an effect; the other fields must be valid. NULL for the defaults. */
WCT_API wct_status wct_style_save_with(wct_style *style, const char *path, const wct_options *options);

/* Frees a style. Calls that use it continue. NULL does nothing. Errors: WCT_INVALID_HANDLE. */
WCT_API wct_status wct_style_free(wct_style *style);

/*
 * Stylizes a photo.
 *   photo    any size
 *   style    measured with this model, or with a model with the same encoders
 *   options  NULL for the defaults
 *   result   receives a picture of the photo's size. Its alpha is the photo's, or 255 if the photo has none. Where alpha is 0, colors
 *            continue the visible ones around them; premultiplied ones are 0. The result may be the photo's own memory, if stride and bytes
 *            per pixel are the same
 * The same inputs give the same bytes on the same device, for any number of threads.
 * Errors: WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE, WCT_CANCELED, WCT_MODEL_MISMATCH, WCT_DEVICE_ERROR, WCT_OUT_OF_MEMORY; WCT_FORMAT_ERROR
 * if the model's weights or the style's numbers make features overflow.
 */
WCT_API wct_status wct_stylize(
    wct_model *model, const wct_picture *photo, wct_style *style, const wct_options *options, const wct_target *result);

/*
 * Stylizes the regions of a photo with a style each. Where no mask has a share, it stays photo.
 *   regions  'count' regions, 1 to 100
 * The rest is as in wct_stylize.
 */
WCT_API wct_status wct_stylize_regions(
    wct_model *model, const wct_picture *photo, const wct_region *regions, size_t count, const wct_options *options,
    const wct_target *result);

/*
 * Makes a mask from a picture in which each region has its own color.
 *   labels   the picture; its alpha is ignored
 *   color    0xRRGGBB. Pixels of this color get a share of 255, all others 0
 *   options  only 'error' and 'error_bytes' have an effect; the other fields must be valid. NULL for the defaults
 *   shares   receives rows without gaps, for wct_mask. It may overlap the labels
 *   bytes    writable at 'shares': at least width * height
 * Errors: WCT_INVALID_ARGUMENT, WCT_OUT_OF_MEMORY.
 */
WCT_API wct_status wct_label_mask(const wct_picture *labels, uint32_t color, const wct_options *options, void *shares, size_t bytes);

/*
 * Makes a texture that looks like a style, from noise.
 *   style    measured with this model, or with a model with the same encoders; also a mixture
 *   width    pixels, at least 1; a multiple of 16 if the texture is tileable
 *   height   rows, with the same rules
 *   options  NULL for the defaults
 *   result   receives a picture of this size; alpha is 255
 * Errors: as wct_stylize.
 */
WCT_API wct_status wct_synthesize(
    wct_model *model, wct_style *style, int32_t width, int32_t height, const wct_texture_options *options, const wct_target *result);

/*
 * Runs a recipe: a JSON text with all settings of a run, such as {"styles":[{"file":"painting.jpg"}],"strength":0.8}. docs/recipes.md
 * describes it.
 *   photo    the content. NULL if the recipe makes a texture, which has none. The recipe's 'content.size' resizes it
 *   recipe   names the styles, masks and labels, as picture files (PNG, JPEG, Netpbm, BMP, GIF, TGA, Photoshop, Radiance HDR), or as style
 *            files. Relative names count from the current folder. It can name any file that the process may read. Its 'model' and
 *            'content.file' are ignored: the call has both
 *   result   receives the picture. Its size is the photo's, if the recipe doesn't resize it or make a texture; see wct_recipe_size. It may
 *            be the photo's own memory, as in wct_stylize
 * Errors: as wct_stylize, and WCT_FILE_ERROR, WCT_FORMAT_ERROR for the recipe's files. An invalid recipe is WCT_INVALID_ARGUMENT, and the
 * message names the property.
 */
WCT_API wct_status wct_stylize_recipe(wct_model *model, const wct_picture *photo, const char *recipe, const wct_target *result);

/*
 * wct_stylize_recipe with options. Only 'max_memory', 'progress', 'context', 'error', 'error_bytes' and, unless the recipe makes a texture,
 * 'level_picture' have an effect; the other fields must be valid. NULL for the defaults.
 */
WCT_API wct_status wct_stylize_recipe_with(
    wct_model *model, const wct_picture *photo, const char *recipe, const wct_options *options, const wct_target *result);

/*
 * The size of a recipe's result. No file is opened.
 *   recipe         as in wct_stylize_recipe
 *   width          the photo's pixels per row; 0 if the recipe makes a texture
 *   height         the photo's rows; 0 if the recipe makes a texture
 *   options        only 'error' and 'error_bytes' have an effect; the other fields must be valid. NULL for the defaults
 *   result_width   receives the result's pixels per row
 *   result_height  receives its rows
 * Errors: WCT_INVALID_ARGUMENT.
 */
WCT_API wct_status wct_recipe_size(
    const char *recipe, int32_t width, int32_t height, const wct_options *options, int32_t *result_width, int32_t *result_height);

/*
 * Opens a feed-forward network: a .safetensors file of this library's or of Johnson et al., or a checkpoint of PyTorch's fast_neural_style
 * (.pth). docs/networks.md describes them.
 *   path     the file
 *   options  NULL for the defaults; warnings are not used
 *   network  receives the handle; free it with wct_network_free
 * Errors: as wct_model_open_default, and WCT_FILE_ERROR, WCT_FORMAT_ERROR.
 */
WCT_API wct_status wct_network_open(const char *path, const wct_open_options *options, wct_network **network);

/*
 * Opens a feed-forward network whose file is in memory.
 *   data     its bytes
 *   bytes    number of bytes, 1 to 2^31 - 1
 * Errors: as wct_model_open_default, and WCT_FORMAT_ERROR.
 */
WCT_API wct_status wct_network_open_memory(
    const void *data, size_t bytes, const wct_open_options *options, wct_network **network);

/*
 * Describes a network. Each output may be NULL.
 *   kind     receives WCT_NETWORK_STYLE .. WCT_NETWORK_TEXTURE
 *   scale    receives the pixels of the result per pixel of the photo, in each direction: 1, or more for WCT_NETWORK_UPSCALE
 *   styles   receives the number of styles, at least 1
 * Errors: WCT_INVALID_HANDLE.
 */
WCT_API wct_status wct_network_describe(wct_network *network, int32_t *kind, int32_t *scale, int32_t *styles);

/*
 * The name of one of a network's styles; "" if it has none.
 *   style    0 to the number of styles - 1
 *   text     receives the name, cut to fit, always with a zero byte at its end; may be NULL if 'bytes' is 0
 *   bytes    writable at 'text'
 *   needed   receives the size of the whole name in bytes, zero byte included; may be NULL
 * Errors: WCT_INVALID_ARGUMENT, WCT_INVALID_HANDLE.
 */
WCT_API wct_status wct_network_style_name(wct_network *network, int32_t style, char *text, size_t bytes, size_t *needed);

/*
 * Runs a network on a photo.
 *   photo    any size
 *   options  NULL for the defaults
 *   result   receives a picture of the photo's size times the network's scale. Its alpha is the photo's, or 255 if the photo has none. It
 *            may be the photo's own memory
 * The same inputs give the same bytes on the same device, for any number of threads.
 * Errors: WCT_INVALID_ARGUMENT, also if the network makes textures; WCT_INVALID_HANDLE, WCT_CANCELED, WCT_DEVICE_ERROR, WCT_OUT_OF_MEMORY;
 * WCT_FORMAT_ERROR if the network's weights make features overflow.
 */
WCT_API wct_status wct_network_apply(
    wct_network *network, const wct_picture *photo, const wct_network_options *options, const wct_target *result);

/*
 * Makes a texture with a network for textures.
 *   width    pixels, at least 1
 *   height   rows, at least 1
 *   options  NULL for the defaults
 *   result   receives a picture of this size; alpha is 255
 * Errors: as wct_network_apply; WCT_INVALID_ARGUMENT also if the network doesn't make textures.
 */
WCT_API wct_status wct_network_synthesize(
    wct_network *network, int32_t width, int32_t height, const wct_network_options *options, const wct_target *result);

/* Frees a network. Calls that use it continue. NULL does nothing. Errors: WCT_INVALID_HANDLE. */
WCT_API wct_status wct_network_free(wct_network *network);

#ifdef __cplusplus
}
#endif

#endif
