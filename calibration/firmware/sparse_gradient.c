#include "gradient.h"
#include "kernels.h"

TEMPLATE void accumulate_one(const struct sparse_matrix *layer, const float *error, const void *input, enum input kind) {
    const int32_t count = layer->count->now;
    const uint16_t *const rows = layer->rows;
    const uint16_t *const columns = layer->columns;
    float *const stored = layer->gradient;
    for (int32_t i = 0; i < count; i++) {
        const int32_t column = columns[i];
        if (!is_zero(input, column, kind)) {
            stored[i] += gradient_one(input, column, error[rows[i]], kind);
        }
    }
}

TEMPLATE void accumulate_groups(
    const struct sparse_matrix *layer, const float *error, const void *input, int32_t lanes, int width, enum input kind) {
    const int32_t count = layer->count->now;
    const uint16_t *const rows = layer->rows;
    const uint16_t *const columns = layer->columns;
    float *const stored = layer->gradient;
    for (int32_t i = 0; i < count; i++) {
        stored[i] += gradient_lanes(error, input, rows[i], columns[i], lanes, width, kind);
    }
}

#define GROUPS(NAME, INPUT, KIND, WIDTH)                                                                               \
    BY_ITSELF NAME##_by_##WIDTH(                                                                                       \
        const struct sparse_matrix *layer, const float *error, const INPUT *input, int32_t lanes) {                    \
        accumulate_groups(layer, error, input, lanes, WIDTH, KIND);                                                    \
    }

#define GRADIENT(NAME, INPUT, KIND)                                                                                    \
    BY_ITSELF NAME##_one(const struct sparse_matrix *layer, const float *error, const INPUT *input) {                  \
        accumulate_one(layer, error, input, KIND);                                                                     \
    }                                                                                                                  \
    GROUPS(NAME, INPUT, KIND, 1)                                                                                       \
    GROUPS(NAME, INPUT, KIND, 4)                                                                                       \
    GROUPS(NAME, INPUT, KIND, 8)                                                                                       \
    GROUPS(NAME, INPUT, KIND, 16)                                                                                      \
    void NAME(const struct sparse_matrix *layer, const float *error, const INPUT *input, int32_t lanes_given) {        \
        BY_LANES(NAME, lanes_given, layer, error, input);                                                              \
    }

GRADIENT(sparse_gradient_pixels, uint8_t, PIXELS)
GRADIENT(sparse_gradient, float, ACTIVATIONS)
