#include "kernels.h"
#include "layer.h"

/// One sample: entries of outputs without error are passed by.
BY_ITSELF backward_one(const struct sparse_matrix *layer, const float *output_error, float *input_error) {
    const int32_t count = layer->count->now;
    const uint16_t *const rows = layer->rows;
    const uint16_t *const columns = layer->columns;
    const float *const theta = layer->theta;
    const uint32_t *const signs = layer->signs;
    int32_t i = 0;
    while (i < count) {
        const int32_t row = rows[i];
        if (is_zero(output_error, row, ACTIVATIONS)) {
            do {
                i++;
            } while (i < count && rows[i] == row);
            continue;
        }
        const float error = output_error[row];
        do {
            float *const sum = &input_error[columns[i]];
            *sum = fused(float_of(weight_bits(theta, signs, i)), error, *sum);
            i++;
        } while (i < count && rows[i] == row);
    }
}

/// Groups of lanes that lie side by side, their errors in registers while the output is the same.
TEMPLATE void backward_groups(
    const struct sparse_matrix *layer, const float *output_error, float *input_error, int32_t lanes, int width) {
    const int32_t count = layer->count->now;
    const uint16_t *const rows = layer->rows;
    const uint16_t *const columns = layer->columns;
    const float *const theta = layer->theta;
    const uint32_t *const signs = layer->signs;
    for (int32_t lane = 0; lane < lanes; lane += width) {
        int32_t i = 0;
        while (i < count) {
            const int32_t row = rows[i];
            float error[16];
            EACH_LANE(l, width) { error[l] = output_error[row * lanes + lane + l]; }
            do {
                const float weight = float_of(weight_bits(theta, signs, i));
                float *const sums = &input_error[columns[i] * lanes + lane];
                EACH_LANE(l, width) { sums[l] = fused(weight, error[l], sums[l]); }
                i++;
            } while (i < count && rows[i] == row);
        }
    }
}

#define GROUPS(WIDTH)                                                                                                  \
    BY_ITSELF backward_by_##WIDTH(                                                                                     \
        const struct sparse_matrix *layer, const float *output_error, float *input_error, int32_t lanes) {             \
        backward_groups(layer, output_error, input_error, lanes, WIDTH);                                               \
    }

GROUPS(1)
GROUPS(4)
GROUPS(8)
GROUPS(16)

/// Four words to a pass.
BY_ITSELF clear(float *to, int32_t words) {
    for (; words >= 4; words -= 4) {
        to[0] = 0;
        to[1] = 0;
        to[2] = 0;
        to[3] = 0;
        to += 4;
    }
    for (; words > 0; words--) {
        *to++ = 0;
    }
}

void sparse_backward(const struct sparse_matrix *layer, const float *output_error, float *input_error, int32_t lanes_given) {
    clear(input_error, layer->inputs * KNOWN_LANES(lanes_given));
    BY_LANES(backward, lanes_given, layer, output_error, input_error);
}
