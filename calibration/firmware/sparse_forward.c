#include "kernels.h"
#include "layer.h"

/// One sample: the ReLU and dark pixels make most of the input zero, and what is zero is passed by.
TEMPLATE void forward_one(const struct sparse_matrix *layer, const void *input, float *output, enum input kind) {
    const int32_t count = layer->count->now;
    const int32_t outputs = layer->outputs;
    const uint16_t *const rows = layer->rows;
    const uint16_t *const columns = layer->columns;
    const float *const theta = layer->theta;
    const uint32_t *const signs = layer->signs;
    int32_t i = 0;
    for (int32_t row = 0; row < outputs; row++) {
        float sum = 0;
        for (; i < count && rows[i] == row; i++) {
            const int32_t column = columns[i];
            if (!is_zero(input, column, kind)) {
                sum = fused(float_of(weight_bits(theta, signs, i)), input_at(input, column, kind), sum);
            }
        }
        output[row] = scaled(sum, kind);
    }
}

/// Groups of lanes that lie side by side, each lane's sum in a register.
TEMPLATE void forward_groups(
    const struct sparse_matrix *layer, const void *input, float *output, int32_t lanes, int width, enum input kind) {
    const int32_t count = layer->count->now;
    const int32_t outputs = layer->outputs;
    const uint16_t *const rows = layer->rows;
    const uint16_t *const columns = layer->columns;
    const float *const theta = layer->theta;
    const uint32_t *const signs = layer->signs;
    for (int32_t lane = 0; lane < lanes; lane += width) {
        int32_t i = 0;
        float *to = output + lane;
        for (int32_t row = 0; row < outputs; row++) {
            float sum[16];
            EACH_LANE(l, width) { sum[l] = 0; }
            for (; i < count && rows[i] == row; i++) {
                const float weight = float_of(weight_bits(theta, signs, i));
                const int32_t at = columns[i] * lanes + lane;
                EACH_LANE(l, width) { sum[l] = fused(weight, input_at(input, at + l, kind), sum[l]); }
            }
            EACH_LANE(l, width) { to[l] = scaled(sum[l], kind); }
            to += lanes;
        }
    }
}

#define GROUPS(NAME, INPUT, KIND, WIDTH)                                                                               \
    BY_ITSELF NAME##_by_##WIDTH(const struct sparse_matrix *layer, const INPUT *input, float *output, int32_t lanes) { \
        forward_groups(layer, input, output, lanes, WIDTH, KIND);                                                      \
    }

#define FORWARD(NAME, INPUT, KIND)                                                                                     \
    BY_ITSELF NAME##_one(const struct sparse_matrix *layer, const INPUT *input, float *output) {                       \
        forward_one(layer, input, output, KIND);                                                                       \
    }                                                                                                                  \
    GROUPS(NAME, INPUT, KIND, 1)                                                                                       \
    GROUPS(NAME, INPUT, KIND, 4)                                                                                       \
    GROUPS(NAME, INPUT, KIND, 8)                                                                                       \
    GROUPS(NAME, INPUT, KIND, 16)                                                                                      \
    void NAME(const struct sparse_matrix *layer, const INPUT *input, float *output, int32_t lanes_given) {             \
        BY_LANES(NAME, lanes_given, layer, input, output);                                                             \
    }

FORWARD(sparse_forward_pixels, uint8_t, PIXELS)
FORWARD(sparse_forward, float, ACTIVATIONS)
