/*
 * Makes calls, each on a thread of its own, and reads their errors on the main thread, as asynchronous callers do. Prints a line for each
 * call: its status, the text in its buffer, and the text of wct_last_error() on the main thread.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "wct.h"

typedef struct call {
    wct_status (*make)(struct call *);
    wct_status status;
    char error[64];
} call;

static wct_model *model;
static wct_style *style;
static unsigned char pixels[16 * 16 * 3];

static wct_options options_of(call *one) {
    wct_options options = WCT_OPTIONS_INIT;
    options.error = one->error;
    options.error_bytes = sizeof one->error;
    return options;
}

static wct_picture picture(void) {
    wct_picture picture;
    memset(&picture, 0, sizeof picture);
    picture.pixels = pixels;
    picture.bytes = sizeof pixels;
    picture.width = picture.height = 16;
    return picture;
}

static wct_status opens(call *one) {
    wct_open_options options = WCT_OPEN_OPTIONS_INIT;
    options.device = "abacus";
    options.error = one->error;
    options.error_bytes = sizeof one->error;
    return wct_model_open_default(&options, &model);
}

static wct_status opens_well(call *one) {
    wct_open_options options = WCT_OPEN_OPTIONS_INIT;
    options.device = "cpu";
    options.error = one->error;
    options.error_bytes = sizeof one->error;
    return wct_model_open_default(&options, &model);
}

static wct_status prepares(call *one) {
    wct_options options = options_of(one);
    wct_picture painting = picture();
    painting.width = -1;
    return wct_style_prepare(model, &painting, &options, &style);
}

static wct_status stylizes(call *one) {
    wct_options options = options_of(one);
    wct_picture photo = picture();
    return wct_stylize(model, &photo, NULL, &options, NULL);
}

static wct_status opens_style(call *one) {
    wct_options options = options_of(one);
    return wct_style_open_with(model, "missing.safetensors", &options, &style);
}

static wct_status saves_style(call *one) {
    wct_options options = options_of(one);
    return wct_style_save_with(NULL, "style.safetensors", &options);
}

static void *run(void *given) {
    call *one = given;
    one->status = one->make(one);
    return NULL;
}

int main(void) {
    wct_status (*makers[])(call *) = {opens, opens_well, prepares, stylizes, opens_style, saves_style};
    size_t i;
    for (i = 0; i < sizeof makers / sizeof *makers; i++) {
        call one;
        pthread_t thread;
        memset(&one, '#', sizeof one);
        one.make = makers[i];
        if (pthread_create(&thread, NULL, run, &one) != 0 || pthread_join(thread, NULL) != 0)
            return 1;
        printf("%d [%s] [%s]\n", (int)one.status, one.error, wct_last_error());
    }
    return wct_model_free(model) == WCT_OK ? 0 : 1;
}
