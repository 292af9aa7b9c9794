// dE/d(weight) of a connection: the output's error times the input's activation, summed over lanes.
#pragma once

#include "layer.h"

/// One sample; for an activation that is not zero.
TEMPLATE float gradient_one(const void *input, int32_t column, float error, enum input kind) {
    return scaled(input_at(input, column, kind), kind) * error;
}

/// As many lanes as a multiple of width, side by side: width partial sums, then halves onto halves.
TEMPLATE float gradient_lanes(
    const float *error, const void *input, int32_t row, int32_t column, int32_t lanes, int width, enum input kind) {
    float sum[16];
    int32_t e = row * lanes;
    int32_t x = column * lanes;
    EACH_LANE(l, width) { sum[l] = error[e + l] * input_at(input, x + l, kind); }
    for (int32_t lane = width; lane < lanes; lane += width) {
        e += width;
        x += width;
        EACH_LANE(l, width) { sum[l] = fused(error[e + l], input_at(input, x + l, kind), sum[l]); }
    }
    if (width >= 16) {
        EACH_LANE(l, 8) { sum[l] += sum[l + 8]; }
    }
    if (width >= 8) {
        EACH_LANE(l, 4) { sum[l] += sum[l + 4]; }
    }
    if (width >= 4) {
        EACH_LANE(l, 2) { sum[l] += sum[l + 2]; }
        sum[0] += sum[1];
    }
    return scaled(sum[0], kind);
}
