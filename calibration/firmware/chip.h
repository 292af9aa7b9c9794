// What the kernels see of the chip: the layer in SRAM, and the two accelerators.
#pragma once

#include <stdint.h>

/// For functions that take constants which decide what is compiled: lanes, and what a layer has.
#define TEMPLATE static inline __attribute__((always_inline))

/// For functions that are each to have the registers to themselves.
#define BY_ITSELF static __attribute__((noinline)) void

#define EACH_LANE(lane, width) _Pragma("GCC unroll 16") for (int lane = 0; lane < (width); lane++)

struct connection_count {
    int32_t now;
    int32_t peak;
};

/// A sparse layer: entries sorted by output, then input; a set bit of signs is a negative sign.
struct sparse_matrix {
    int32_t inputs;
    int32_t outputs;
    int32_t capacity;
    uint16_t *rows;
    uint16_t *columns;
    float *theta;
    uint32_t *signs;
    struct connection_count *count;
    float *velocity;
    float *gradient;
};

struct tally {
    int32_t samples;
    int32_t correct;
    float loss;
};

struct batch_shape {
    int32_t pixels;
    int32_t lanes;
    int32_t active;
};

static inline uint32_t bits_of(float value) {
    union { float f; uint32_t u; } view = {.f = value};
    return view.u;
}

static inline float float_of(uint32_t bits) {
    union { uint32_t u; float f; } view = {.u = bits};
    return view.f;
}

/// The next words of the random number generator. On the chip they all come from one register; the board has none, so
/// the harness lays them out in memory beforehand, and a read goes on to the next. The instruction's address is noted
/// in a section of its own, by which the trace tells such a read from a load.
extern const uint32_t *random_words;

static inline uint32_t random_word(const uint32_t **from) {
    const uint32_t *at = *from;
    uint32_t word;
    __asm__("0: ldr %0, [%1], #4\n"
            ".pushsection .random_reads, \"a\"\n"
            ".word 0b\n"
            ".popsection"
            : "=r"(word), "+r"(at)
            : "m"(*at));
    *from = at;
    return word;
}

/// e to the power x. On the chip an accelerator; here its stand-in, whose instructions are counted apart.
float exponential(float x);
