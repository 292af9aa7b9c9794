#include "kernels.h"
#include "prune.h"

// Minus zero stays, as a comparison of floats would have it.
#define MINUS_ZERO 0x80000000u

TEMPLATE int32_t keep(const struct sparse_matrix *matrix, int has_velocity) {
    const struct sparse_matrix layer = *matrix;
    const uint32_t *const theta = (const uint32_t *)layer.theta;
    const int32_t count = layer.count->now;
    int32_t kept = 0;
    while (kept < count && theta[kept] <= MINUS_ZERO) {
        kept++;
    }
    for (int32_t i = kept + 1; i < count; i++) {
        if (theta[i] <= MINUS_ZERO) {
            move(&layer, i, kept, has_velocity);
            kept++;
        }
    }
    return kept;
}

void prune_negative(const struct sparse_matrix *layer) {
    layer->count->now = layer->velocity ? keep(layer, 1) : keep(layer, 0);
}
