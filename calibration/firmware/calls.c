#include "calls.h"
#include "deep_r.h"
#include "kernels.h"

/// The numbers by which the calibration names kernels.
enum kernel {
    RELU = 1,
    SUM_ERRORS,
    SOFTMAX_CROSS_ENTROPY,
    CLASSIFY,
    INTERLEAVE_PIXELS,
    FILL_NORMAL,
    FILL_UNIFORM,
    INITIALISE_THETA,
    PRUNE_NEGATIVE,
    PRUNE_SMALLEST,
    INSERT_AT_FREE,
    SPARSE_FORWARD,
    SPARSE_FORWARD_PIXELS,
    SPARSE_BACKWARD,
    SPARSE_GRADIENT,
    SPARSE_GRADIENT_PIXELS,
    SPARSE_UPDATE,
    SPARSE_UPDATE_PIXELS,
    SPARSE_UPDATE_STORED,
    DEEP_R = 100,
};

/// What stands for a buffer that is not there.
#define ABSENT 0xFFFFFFFFu

static const uint32_t *next;
static uint8_t *memory;

static int32_t number(void) { return (int32_t)*next++; }

static float real(void) { return float_of(*next++); }

static void *buffer(void) {
    const uint32_t offset = *next++;
    return offset == ABSENT ? 0 : memory + offset;
}

/// Inputs, outputs, capacity; rows, columns, theta, signs, count, velocity, gradient.
static struct sparse_matrix matrix(void) {
    struct sparse_matrix layer;
    layer.inputs = number();
    layer.outputs = number();
    layer.capacity = number();
    layer.rows = buffer();
    layer.columns = buffer();
    layer.theta = buffer();
    layer.signs = buffer();
    layer.count = buffer();
    layer.velocity = buffer();
    layer.gradient = buffer();
    return layer;
}

/// Rate, L1, momentum, noise.
static struct step step_constants(void) {
    struct step step;
    step.rate = real();
    step.l1 = real();
    step.momentum = real();
    step.noise = real();
    return step;
}

#ifndef ONLY_DEEP_R
/// Pixels, lanes, active lanes.
static struct batch_shape batch(void) {
    struct batch_shape shape;
    shape.pixels = number();
    shape.lanes = number();
    shape.active = number();
    return shape;
}
#endif

// Arguments are taken in the order in which the kernel's parameters stand.
void call_kernel(uint32_t kernel, const uint32_t *arguments, uint8_t *sram) {
    next = arguments;
    memory = sram;
    switch (kernel) {
#ifndef ONLY_DEEP_R // to see what the linker keeps of a program that does nothing but train
    case RELU: {
        float *values = buffer();
        relu(values, number());
        break;
    }
    case SUM_ERRORS: {
        float *error = buffer();
        const int32_t count = number();
        const float *parts = buffer();
        const int32_t cores = number();
        sum_errors(error, count, parts, cores, buffer());
        break;
    }
    case SOFTMAX_CROSS_ENTROPY: {
        const float *sums = buffer();
        const int32_t classes = number();
        const uint8_t *records = buffer();
        float *error = buffer();
        struct tally *tally = buffer();
        const struct batch_shape shape = batch();
        softmax_cross_entropy(sums, classes, records, error, tally, &shape, real());
        break;
    }
    case CLASSIFY: {
        const float *sums = buffer();
        const int32_t classes = number();
        const uint8_t *records = buffer();
        struct tally *tally = buffer();
        const struct batch_shape shape = batch();
        classify(sums, classes, records, tally, &shape);
        break;
    }
    case INTERLEAVE_PIXELS: {
        const uint8_t *records = buffer();
        uint8_t *input = buffer();
        const int32_t pixels = number();
        const int32_t lanes = number();
        interleave_pixels(records, input, pixels, lanes, number());
        break;
    }
#ifndef ONLY_TRAINING // to see what the linker keeps of a program that trains, however it trains
    case FILL_NORMAL: {
        float *to = buffer();
        const int32_t count = number();
        uint32_t *streams = buffer();
        fill_normal(to, count, streams, real());
        break;
    }
    case FILL_UNIFORM: {
        float *to = buffer();
        const int32_t count = number();
        fill_uniform(to, count, buffer());
        break;
    }
#endif
    case INITIALISE_THETA: {
        const struct sparse_matrix layer = matrix();
        uint32_t *streams = buffer();
        initialise_theta(&layer, streams, real());
        break;
    }
    case PRUNE_NEGATIVE: {
        const struct sparse_matrix layer = matrix();
        prune_negative(&layer);
        break;
    }
    case PRUNE_SMALLEST: {
        const struct sparse_matrix layer = matrix();
        prune_smallest(&layer, real());
        break;
    }
    case INSERT_AT_FREE: {
        const struct sparse_matrix layer = matrix();
        uint32_t *stream = buffer();
        uint32_t *scratch = buffer();
        insert_at_free(&layer, stream, scratch, number());
        break;
    }
    case SPARSE_FORWARD:
    case SPARSE_FORWARD_PIXELS: {
        const struct sparse_matrix layer = matrix();
        const void *input = buffer();
        float *output = buffer();
        const int32_t lanes = number();
        if (kernel == SPARSE_FORWARD) {
            sparse_forward(&layer, input, output, lanes);
        } else {
            sparse_forward_pixels(&layer, input, output, lanes);
        }
        break;
    }
    case SPARSE_BACKWARD: {
        const struct sparse_matrix layer = matrix();
        const float *output_error = buffer();
        float *input_error = buffer();
        sparse_backward(&layer, output_error, input_error, number());
        break;
    }
    case SPARSE_GRADIENT:
    case SPARSE_GRADIENT_PIXELS: {
        const struct sparse_matrix layer = matrix();
        const float *error = buffer();
        const void *input = buffer();
        const int32_t lanes = number();
        if (kernel == SPARSE_GRADIENT) {
            sparse_gradient(&layer, error, input, lanes);
        } else {
            sparse_gradient_pixels(&layer, error, input, lanes);
        }
        break;
    }
    case SPARSE_UPDATE:
    case SPARSE_UPDATE_PIXELS: {
        const struct sparse_matrix layer = matrix();
        const struct step step = step_constants();
        const float *error = buffer();
        const void *input = buffer();
        const int32_t lanes = number();
        uint32_t *streams = buffer();
        if (kernel == SPARSE_UPDATE) {
            sparse_update(&layer, &step, error, input, lanes, streams);
        } else {
            sparse_update_pixels(&layer, &step, error, input, lanes, streams);
        }
        break;
    }
    case SPARSE_UPDATE_STORED: {
        const struct sparse_matrix layer = matrix();
        const struct step step = step_constants();
        sparse_update_stored(&layer, &step, buffer());
        break;
    }
#endif
    case DEEP_R: {
        struct network network;
        network.layers[0] = matrix();
        network.layers[1] = matrix();
        network.layers[2] = matrix();
        for (int i = 0; i < 3; i++) {
            network.activations[i] = buffer();
            network.errors[i] = buffer();
        }
        network.records = buffer();
        network.tally = buffer();
        network.noise_streams = buffer();
        network.rewiring_stream = buffer();
        network.scratch = buffer();
        network.scratch_length = number();
        network.step = step_constants();
        network.initial_deviation[0] = real();
        network.initial_deviation[1] = real();
        network.initial_deviation[2] = real();
        network.rewire_every = number();
        const int32_t samples = number();
        deep_r_initialise(&network);
        deep_r_train(&network, samples);
        break;
    }
    }
}
