// How kernels read a layer and its input.
#pragma once

#include "chip.h"

enum input { ACTIVATIONS, PIXELS };

#define PIXEL_SCALE (1.0f / 255)

/// The bits of the weight of connection i: theta, with the sign exclusive-ored into its own.
TEMPLATE uint32_t weight_bits(const float *theta, const uint32_t *signs, int32_t i) {
    const uint32_t negative = signs[(uint32_t)i >> 5] >> (i & 31);
    return bits_of(theta[i]) ^ negative << 31;
}

/// An element of the input as a number; pixels are scaled once, at the end of a sum.
TEMPLATE float input_at(const void *input, int32_t i, enum input kind) {
    return kind == PIXELS ? (float)((const uint8_t *)input)[i] : ((const float *)input)[i];
}

/// Whether an element of the input is zero, seen without a float register.
TEMPLATE int is_zero(const void *input, int32_t i, enum input kind) {
    return kind == PIXELS ? ((const uint8_t *)input)[i] == 0 : ((const uint32_t *)input)[i] << 1 == 0;
}

/// A program built for so many lanes knows them when it is compiled, and has no code for others.
#ifdef LANES
#define KNOWN_LANES(lanes) ((void)(lanes), LANES)
#else
#define KNOWN_LANES(lanes) (lanes)
#endif

/// Goes on in the function NAME_one for one lane, else in that for the widest group the lanes are a multiple of.
#define BY_LANES(NAME, LANES_GIVEN, ...)                                                                               \
    do {                                                                                                               \
        const int32_t lanes = KNOWN_LANES(LANES_GIVEN);                                                                \
        if (lanes == 1) {                                                                                              \
            NAME##_one(__VA_ARGS__);                                                                                   \
        } else if (lanes % 16 == 0) {                                                                                  \
            NAME##_by_16(__VA_ARGS__, lanes);                                                                          \
        } else if (lanes % 8 == 0) {                                                                                   \
            NAME##_by_8(__VA_ARGS__, lanes);                                                                           \
        } else if (lanes % 4 == 0) {                                                                                   \
            NAME##_by_4(__VA_ARGS__, lanes);                                                                           \
        } else {                                                                                                       \
            NAME##_by_1(__VA_ARGS__, lanes);                                                                           \
        }                                                                                                              \
    } while (0)

TEMPLATE float scaled(float sum, enum input kind) { return kind == PIXELS ? sum * PIXEL_SCALE : sum; }

TEMPLATE float fused(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
