#include "gradient.h"
#include "kernels.h"
#include "random.h"

/// Where a connection's dE/d(weight) comes from.
enum slope { STORED, SUMMED, FROM_PIXELS, FROM_ACTIVATIONS };

/// Entries up to the next word of signs, whose gradients are summed over lanes in one go.
#define BLOCK 32

TEMPLATE void apply(
    const struct sparse_matrix *layer,
    const struct step *step,
    struct random_source *random,
    const float *error,
    const void *input,
    float *slopes,
    int32_t first,
    int32_t end,
    enum slope from,
    int has_velocity,
    int has_noise) {
    const uint16_t *const rows = layer->rows;
    const uint16_t *const columns = layer->columns;
    float *const theta = layer->theta;
    float *const velocity = layer->velocity;
    const enum input kind = from == FROM_PIXELS ? PIXELS : ACTIVATIONS;
    const float rate = step->rate;
    const float l1 = step->l1;
    const float momentum = step->momentum;
    const float noise = step->noise;
    struct random_source own = *random;
    while (first < end) {
        uint32_t signs = layer->signs[first / BLOCK];
        int32_t stop = first + BLOCK < end ? first + BLOCK : end;
        for (; first < stop; first++) {
            float slope = 0;
            if (from == STORED) {
                slope = slopes[first];
                slopes[first] = 0;
            } else if (from == SUMMED) {
                slope = *slopes++;
            } else {
                const int32_t column = columns[first];
                if (!is_zero(input, column, kind)) {
                    slope = gradient_one(input, column, error[rows[first]], kind);
                }
            }
            slope = float_of(bits_of(slope) ^ signs << 31);
            signs >>= 1;
            if (has_velocity) {
                slope = fused(velocity[first], momentum, slope);
                velocity[first] = slope;
            }
            float drift = -(slope + l1);
            if (has_noise) {
                drift = fused(normal(&own), noise, drift);
            }
            theta[first] = fused(drift, rate, theta[first]);
        }
    }
    *random = own;
}

TEMPLATE void update(
    const struct sparse_matrix *layer,
    const struct step *step,
    const float *error,
    const void *input,
    float *slopes,
    int32_t first,
    int32_t end,
    struct random_source *random,
    enum slope from) {
    if (step->noise > 0) {
        if (layer->velocity) {
            apply(layer, step, random, error, input, slopes, first, end, from, 1, 1);
        } else {
            apply(layer, step, random, error, input, slopes, first, end, from, 0, 1);
        }
    } else if (layer->velocity) {
        apply(layer, step, random, error, input, slopes, first, end, from, 1, 0);
    } else {
        apply(layer, step, random, error, input, slopes, first, end, from, 0, 0);
    }
}

BY_ITSELF update_summed(
    const struct sparse_matrix *layer,
    const struct step *step,
    float *slopes,
    int32_t first,
    int32_t end,
    struct random_source *random) {
    update(layer, step, 0, 0, slopes, first, end, random, SUMMED);
}

/// Several samples: the gradients of a block are summed over lanes in one go, then applied.
TEMPLATE void update_groups(
    const struct sparse_matrix *layer,
    const struct step *step,
    const float *error,
    const void *input,
    uint32_t *streams,
    int32_t lanes,
    int width,
    enum input kind) {
    struct random_source random = random_open(streams);
    const int32_t count = layer->count->now;
    float slopes[BLOCK];
    for (int32_t first = 0; first < count;) {
        const int32_t length = BLOCK < count - first ? BLOCK : count - first;
        const uint16_t *const rows = layer->rows + first;
        const uint16_t *const columns = layer->columns + first;
        for (int32_t i = 0; i < length; i++) {
            slopes[i] = gradient_lanes(error, input, rows[i], columns[i], lanes, width, kind);
        }
        update_summed(layer, step, slopes, first, first + length, &random);
        first += length;
    }
    random_close(&random, WORDS_PER_NORMAL);
}

#define GROUPS(NAME, INPUT, KIND, WIDTH)                                                                               \
    BY_ITSELF NAME##_by_##WIDTH(                                                                                       \
        const struct sparse_matrix *layer,                                                                             \
        const struct step *step,                                                                                       \
        const float *error,                                                                                            \
        const INPUT *input,                                                                                            \
        uint32_t *streams,                                                                                             \
        int32_t lanes) {                                                                                               \
        update_groups(layer, step, error, input, streams, lanes, WIDTH, KIND);                                         \
    }

#define UPDATE(NAME, INPUT, KIND, FROM)                                                                                \
    BY_ITSELF NAME##_one(                                                                                              \
        const struct sparse_matrix *layer,                                                                             \
        const struct step *step,                                                                                       \
        const float *error,                                                                                            \
        const INPUT *input,                                                                                            \
        uint32_t *streams) {                                                                                           \
        struct random_source random = random_open(streams);                                                            \
        update(layer, step, error, input, 0, 0, layer->count->now, &random, FROM);                                     \
        random_close(&random, WORDS_PER_NORMAL);                                                                       \
    }                                                                                                                  \
    GROUPS(NAME, INPUT, KIND, 1)                                                                                       \
    GROUPS(NAME, INPUT, KIND, 4)                                                                                       \
    GROUPS(NAME, INPUT, KIND, 8)                                                                                       \
    GROUPS(NAME, INPUT, KIND, 16)                                                                                      \
    void NAME(                                                                                                         \
        const struct sparse_matrix *layer,                                                                             \
        const struct step *step,                                                                                       \
        const float *error,                                                                                            \
        const INPUT *input,                                                                                            \
        int32_t lanes_given,                                                                                           \
        uint32_t *streams) {                                                                                           \
        BY_LANES(NAME, lanes_given, layer, step, error, input, streams);                                               \
    }

UPDATE(sparse_update_pixels, uint8_t, PIXELS, FROM_PIXELS)
UPDATE(sparse_update, float, ACTIVATIONS, FROM_ACTIVATIONS)

void sparse_update_stored(const struct sparse_matrix *layer, const struct step *step, uint32_t *streams) {
    struct random_source random = random_open(streams);
    update(layer, step, 0, 0, layer->gradient, 0, layer->count->now, &random, STORED);
    random_close(&random, WORDS_PER_NORMAL);
}
