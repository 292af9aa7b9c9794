#pragma once

#include "chip.h"

/// The bits of the weight of connection i: theta with the sign exclusive-ored into its own.
static inline uint32_t weight_bits(const struct sparse_matrix *layer, int32_t i) {
    const uint32_t negative = layer->signs[(uint32_t)i >> 5] >> (i & 31);
    return bits_of(layer->theta[i]) ^ negative << 31;
}
