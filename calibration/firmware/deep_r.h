// DEEP R on one core, a sample at a time: the whole of training as the chip would run it.
#pragma once

#include "kernels.h"

#define LAYERS 3

/// The buffers of a network, as the memory plan lays them out, and the constants of its training.
struct network {
    struct sparse_matrix layers[LAYERS];
    float *activations[LAYERS];
    float *errors[LAYERS];
    const uint8_t *records; // one after the other: the chip's DMA engine would bring each into one of two buffers
    struct tally *tally;
    uint32_t *noise_streams;
    uint32_t *rewiring_stream;
    uint32_t *scratch;
    int32_t scratch_length;
    struct step step;
    float initial_deviation[LAYERS];
    int32_t rewire_every;
};

/// Gives every layer its first connections.
void deep_r_initialise(const struct network *network);

/// Trains on samples one after the other, and rewires every so many of them.
void deep_r_train(const struct network *network, int32_t samples);
