#include "kernels.h"
#include "prune.h"

#define MAGNITUDE_BITS 31

TEMPLATE uint32_t magnitude(const float *theta, int32_t i) { return ((const uint32_t *)theta)[i] << 1; }

static int32_t count_below(const float *theta, int32_t count, uint32_t limit) {
    int32_t below = 0;
    for (int32_t i = 0; i < count; i++) {
        below += magnitude(theta, i) < limit;
    }
    return below;
}

/// The n-th smallest magnitude, found bit by bit: floats of one sign are ordered as their bits are.
static uint32_t rank(const float *theta, int32_t count, int32_t n) {
    uint32_t found = 0;
    for (int32_t bit = MAGNITUDE_BITS; bit > 0; bit--) {
        const uint32_t candidate = found | 1u << bit;
        if (count_below(theta, count, candidate) < n) {
            found = candidate;
        }
    }
    return found;
}

TEMPLATE int32_t keep(const struct sparse_matrix *matrix, uint32_t threshold, int32_t ties, int has_velocity) {
    const struct sparse_matrix layer = *matrix;
    const int32_t count = layer.count->now;
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        const uint32_t size = magnitude(layer.theta, i);
        if (size < threshold || (size == threshold && ties-- > 0)) {
            continue;
        }
        if (i != kept) {
            move(&layer, i, kept, has_velocity);
        }
        kept++;
    }
    return kept;
}

void prune_smallest(const struct sparse_matrix *layer, float fraction) {
    const int32_t count = layer->count->now;
    const int32_t doomed = (int32_t)((float)count * fraction);
    if (doomed == 0) {
        return;
    }
    const uint32_t threshold = rank(layer->theta, count, doomed);
    const int32_t ties = doomed - count_below(layer->theta, count, threshold);
    layer->count->now = layer->velocity ? keep(layer, threshold, ties, 1) : keep(layer, threshold, ties, 0);
}
