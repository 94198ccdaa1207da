/*
 * Unloads libwct while threads that called it still run, ends the threads, and loads libwct again. Prints "done" at the end.
 *
 *     unload libwct.so
 */
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS 4

typedef int (*open_model)(const void *, void **);
typedef int (*free_model)(void *);

static sem_t called, may_end;
static void *library;

static void expect(int holds, const char *what) {
    if (!holds) {
        puts(what);
        exit(2);
    }
}

static void *call(void *unused) {
    open_model open = (open_model)dlsym(library, "wct_model_open_default");
    free_model release = (free_model)dlsym(library, "wct_model_free");
    void *model;
    expect(open(NULL, &model) == 0, "can't be opened");
    expect(release(model) == 0, "can't be freed");
    sem_post(&called);
    sem_wait(&may_end);
    return unused;
}

int main(int count, char **arguments) {
    pthread_t threads[THREADS];
    int round, i;
    if (count != 2)
        return 1;
    sem_init(&called, 0, 0);
    sem_init(&may_end, 0, 0);
    for (round = 0; round < 2; round++) {
        library = dlopen(arguments[1], RTLD_NOW);
        expect(library != NULL, "can't be loaded");
        for (i = 0; i < THREADS; i++)
            expect(pthread_create(&threads[i], NULL, call, NULL) == 0, "no thread");
        for (i = 0; i < THREADS; i++)
            sem_wait(&called);
        expect(dlclose(library) == 0, "can't be unloaded");
        for (i = 0; i < THREADS; i++)
            sem_post(&may_end);
        for (i = 0; i < THREADS; i++)
            pthread_join(threads[i], NULL);
    }
    puts("done");
    return 0;
}
