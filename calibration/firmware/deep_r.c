#include "deep_r.h"

void deep_r_initialise(const struct network *network) {
    for (int i = 0; i < LAYERS; i++) {
        insert_at_free(&network->layers[i], network->rewiring_stream, network->scratch, network->scratch_length);
        initialise_theta(&network->layers[i], network->noise_streams, network->initial_deviation[i]);
    }
}

static void forward(const struct network *network, const uint8_t *pixels) {
    const struct sparse_matrix *const layer = network->layers;
    float *const *const activations = network->activations;
    sparse_forward_pixels(&layer[0], pixels, activations[0], 1);
    relu(activations[0], layer[0].outputs);
    sparse_forward(&layer[1], activations[0], activations[1], 1);
    relu(activations[1], layer[1].outputs);
    sparse_forward(&layer[2], activations[1], activations[2], 1);
}

static void backward(const struct network *network, const uint8_t *record) {
    const struct sparse_matrix *const layer = network->layers;
    float *const *const activations = network->activations;
    float *const *const errors = network->errors;
    const struct batch_shape shape = {layer[0].inputs, 1, 1};
    softmax_cross_entropy(activations[2], layer[2].outputs, record, errors[2], network->tally, &shape, 1);
    sparse_backward(&layer[2], errors[2], errors[1], 1);
    sparse_update(&layer[2], &network->step, errors[2], activations[1], 1, network->noise_streams);
    sum_errors(errors[1], layer[1].outputs, 0, 0, activations[1]);
    sparse_backward(&layer[1], errors[1], errors[0], 1);
    sparse_update(&layer[1], &network->step, errors[1], activations[0], 1, network->noise_streams);
    sum_errors(errors[0], layer[0].outputs, 0, 0, activations[0]);
    sparse_update_pixels(&layer[0], &network->step, errors[0], record, 1, network->noise_streams);
}

static void rewire(const struct network *network) {
    for (int i = 0; i < LAYERS; i++) {
        prune_negative(&network->layers[i]);
        insert_at_free(&network->layers[i], network->rewiring_stream, network->scratch, network->scratch_length);
    }
}

void deep_r_train(const struct network *network, int32_t samples) {
    const uint8_t *record = network->records;
    int32_t until_rewiring = network->rewire_every;
    while (samples-- > 0) {
        forward(network, record);
        backward(network, record);
        record += network->layers[0].inputs + 1;
        if (--until_rewiring == 0) {
            rewire(network);
            until_rewiring = network->rewire_every;
        }
    }
}
