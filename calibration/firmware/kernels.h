// The kernels, each the counterpart of the kernel of that name in src/Kernels: the same bytes in SRAM before and after.
#pragma once

#include "chip.h"

/// The constants of one step of learning.
struct step {
    float rate;
    float l1;
    float momentum;
    float noise;
};

void sparse_forward(const struct sparse_matrix *layer, const float *input, float *output, int32_t lanes);
void sparse_forward_pixels(const struct sparse_matrix *layer, const uint8_t *input, float *output, int32_t lanes);

void sparse_backward(const struct sparse_matrix *layer, const float *output_error, float *input_error, int32_t lanes);

void sparse_gradient(const struct sparse_matrix *layer, const float *error, const float *input, int32_t lanes);
void sparse_gradient_pixels(const struct sparse_matrix *layer, const float *error, const uint8_t *input, int32_t lanes);

// Where the gradient was summed over several groups of samples, it is stored with the layer.
void sparse_update(
    const struct sparse_matrix *layer,
    const struct step *step,
    const float *error,
    const float *input,
    int32_t lanes,
    uint32_t *streams);
void sparse_update_pixels(
    const struct sparse_matrix *layer,
    const struct step *step,
    const float *error,
    const uint8_t *input,
    int32_t lanes,
    uint32_t *streams);
void sparse_update_stored(const struct sparse_matrix *layer, const struct step *step, uint32_t *streams);

void prune_negative(const struct sparse_matrix *layer);
void prune_smallest(const struct sparse_matrix *layer, float fraction);
void insert_at_free(const struct sparse_matrix *layer, uint32_t *stream, uint32_t *scratch, int32_t scratch_length);
void initialise_theta(const struct sparse_matrix *layer, uint32_t *streams, float deviation);

void fill_normal(float *to, int32_t count, uint32_t *streams, float deviation);
void fill_uniform(float *to, int32_t count, uint32_t *streams);

void interleave_pixels(const uint8_t *records, uint8_t *input, int32_t pixels, int32_t lanes, int32_t active);
void relu(float *values, int32_t count);
void sum_errors(float *error, int32_t count, const float *parts, int32_t cores, const float *activation);
void softmax_cross_entropy(
    const float *sums,
    int32_t classes,
    const uint8_t *records,
    float *error,
    struct tally *tally,
    const struct batch_shape *shape,
    float scale);
void classify(const float *sums, int32_t classes, const uint8_t *records, struct tally *tally, const struct batch_shape *shape);
