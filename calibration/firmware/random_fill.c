#include "kernels.h"
#include "random.h"

void fill_normal(float *to, int32_t count, uint32_t *streams, float deviation) {
    struct random_source random = random_open(streams);
    for (int32_t i = 0; i < count; i++) {
        to[i] = normal(&random) * deviation;
    }
    random_close(&random, WORDS_PER_NORMAL);
}

void fill_uniform(float *to, int32_t count, uint32_t *streams) {
    struct random_source random = random_open(streams);
    for (int32_t i = 0; i < count; i++) {
        uint32_t word;
        random_take(&random, &word, 1);
        to[i] = (float)(int32_t)(word >> 8) * (1.0f / (1 << 24));
    }
    random_close(&random, 1);
}

void initialise_theta(const struct sparse_matrix *layer, uint32_t *streams, float deviation) {
    struct random_source random = random_open(streams);
    float *const theta = layer->theta;
    const int32_t count = layer->count->now;
    for (int32_t i = 0; i < count; i++) {
        theta[i] = __builtin_fabsf(normal(&random) * deviation);
    }
    random_close(&random, WORDS_PER_NORMAL);
}
