/*
 * Stylizes a PPM photo with a PPM painting, by libwct.
 *
 *     dotnet publish src/Wct.Native -c Release -r linux-x64 -o native
 *     gcc -std=c99 -Wall -Werror -Iinclude examples/stylize.c -Lnative -l:libwct.so -Wl,-rpath,'$ORIGIN' -o native/stylize
 *     native/stylize photo.ppm painting.ppm out.ppm
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wct.h"

static void fail(const char *what, const char *why) {
    fprintf(stderr, "stylize: %s: %s\n", what, why);
    exit(1);
}

static void check(wct_status status, const char *what) {
    if (status != WCT_OK)
        fail(what, wct_last_error());
}

/* Reads a binary PPM with 8 bits per component and no comments. The pixels are the caller's. */
static wct_picture read_ppm(const char *path) {
    wct_picture picture;
    unsigned char *pixels;
    int width, height, most;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail(path, "can't be opened");
    if (fscanf(file, "P6 %d %d %d", &width, &height, &most) != 3 || fgetc(file) == EOF || most != 255 || width < 1 || height < 1
        || width > 65535 || height > 10000)
        fail(path, "is no PPM that this example reads");
    memset(&picture, 0, sizeof picture);
    picture.bytes = (size_t)width * (size_t)height * 3;
    picture.width = width;
    picture.height = height;
    picture.format = WCT_RGB;
    pixels = malloc(picture.bytes);
    if (pixels == NULL || fread(pixels, 1, picture.bytes, file) != picture.bytes)
        fail(path, "is too short");
    picture.pixels = pixels;
    fclose(file);
    return picture;
}

static void write_ppm(const char *path, const wct_target *picture, int width, int height) {
    FILE *file = fopen(path, "wb");
    if (file == NULL || fprintf(file, "P6\n%d %d\n255\n", width, height) < 0
        || fwrite(picture->pixels, 1, picture->bytes, file) != picture->bytes || fclose(file) != 0)
        fail(path, "can't be written");
}

static int32_t show(void *context, double fraction, int32_t level, int32_t stage) {
    (void)level;
    (void)stage;
    fprintf((FILE *)context, "\r%3.0f%%", fraction * 100);
    return 0; /* anything else would end the call */
}

int main(int count, char **arguments) {
    wct_open_options open_options = WCT_OPEN_OPTIONS_INIT;
    wct_options options = WCT_OPTIONS_INIT;
    wct_model *model;
    wct_style *style;
    wct_picture photo, painting;
    wct_target result;
    if (count != 4)
        fail("usage", "stylize photo.ppm painting.ppm out.ppm");
    photo = read_ppm(arguments[1]);
    painting = read_ppm(arguments[2]);

    open_options.device = "cpu";
    check(wct_model_open_default(&open_options, &model), "the model");
    check(wct_style_prepare(model, &painting, NULL, &style), arguments[2]); /* once, for any number of photos */

    memset(&result, 0, sizeof result);
    result.pixels = malloc(photo.bytes);
    result.bytes = photo.bytes;
    result.format = WCT_RGB;
    options.strength = 0.8;
    options.progress = show;
    options.context = stderr;
    check(wct_stylize(model, &photo, style, &options, &result), arguments[1]);
    fputc('\n', stderr);

    wct_style_free(style);
    wct_model_free(model);
    write_ppm(arguments[3], &result, photo.width, photo.height);
    free((void *)photo.pixels);
    free((void *)painting.pixels);
    free(result.pixels);
    return 0;
}
