/*
 * Runs a recipe (docs/recipes.md) on a PPM photo, by libwct. The recipe names the styles, as files of PNG, JPEG or PPM.
 *
 *     dotnet publish src/Wct.Native -c Release -r linux-x64 -o native
 *     gcc -std=c99 -Wall -Werror -Iinclude examples/recipe.c -Lnative -l:libwct.so -Wl,-rpath,'$ORIGIN' -o native/recipe
 *     native/recipe photo.ppm recipe.json out.ppm
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wct.h"

static void fail(const char *what, const char *why) {
    fprintf(stderr, "recipe: %s: %s\n", what, why);
    exit(1);
}

static void check(wct_status status, const char *what) {
    if (status != WCT_OK)
        fail(what, wct_last_error());
}

/* Reads a whole file, and adds a zero byte. The bytes are the caller's. */
static char *read_file(const char *path, size_t *length) {
    char *bytes;
    long size = -1;
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0 || fseek(file, 0, SEEK_SET) != 0)
        fail(path, "can't be read");
    *length = (size_t)size;
    bytes = calloc(*length + 1, 1);
    if (bytes == NULL || fread(bytes, 1, *length, file) != *length)
        fail(path, "can't be read");
    fclose(file);
    return bytes;
}

/* Describes the pixels of a binary PPM with 8 bits per component and no comments. */
static wct_picture ppm(const char *path, const char *bytes, size_t length) {
    wct_picture picture;
    int width, height, header = 0;
    if (sscanf(bytes, "P6 %d %d 255%n", &width, &height, &header) != 2 || header == 0 || width < 1 || height < 1 || width > 65535
        || height > 10000 || length <= (size_t)header)
        fail(path, "is no PPM that this example reads");
    memset(&picture, 0, sizeof picture);
    picture.pixels = bytes + header + 1;
    picture.bytes = length - (size_t)header - 1;
    picture.width = width;
    picture.height = height;
    picture.format = WCT_RGB;
    return picture;
}

int main(int count, char **arguments) {
    wct_model *model;
    wct_picture photo;
    wct_target result;
    size_t photo_length, recipe_length;
    int32_t width, height;
    char *photo_file, *recipe;
    FILE *out;
    if (count != 4)
        fail("usage", "recipe photo.ppm recipe.json out.ppm");
    photo_file = read_file(arguments[1], &photo_length);
    photo = ppm(arguments[1], photo_file, photo_length);
    recipe = read_file(arguments[2], &recipe_length);

    /* A recipe may resize the photo. */
    check(wct_recipe_size(recipe, photo.width, photo.height, NULL, &width, &height), arguments[2]);
    memset(&result, 0, sizeof result);
    result.bytes = (size_t)width * (size_t)height * 3;
    result.pixels = malloc(result.bytes);
    result.format = WCT_RGB;
    check(wct_model_open_default(NULL, &model), "the model");
    check(wct_stylize_recipe(model, &photo, recipe, &result), arguments[2]);
    wct_model_free(model);

    out = fopen(arguments[3], "wb");
    if (out == NULL || fprintf(out, "P6\n%d %d\n255\n", (int)width, (int)height) < 0
        || fwrite(result.pixels, 1, result.bytes, out) != result.bytes || fclose(out) != 0)
        fail(arguments[3], "can't be written");
    free(result.pixels);
    free(recipe);
    free(photo_file);
    return 0;
}
