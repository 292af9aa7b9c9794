// Random numbers as the kernels take them: from the accelerator, or in software from sixteen xoshiro128++ streams side
// by side, whose state is in SRAM.
#pragma once

#include <arm_acle.h>

#include "chip.h"

#define STREAMS 16

#ifdef SOFTWARE_RANDOM
/// The streams' first words, second words, and so on; and whose turn it is.
struct random_source {
    uint32_t *state;
    uint32_t stream;
};

TEMPLATE struct random_source random_open(uint32_t *state) { return (struct random_source){state, 0}; }

TEMPLATE uint32_t rotate(uint32_t word, int left) { return word << left | word >> (32 - left); }

/// Advances one stream.
TEMPLATE uint32_t xoshiro(uint32_t s[4]) {
    const uint32_t result = rotate(s[0] + s[3], 7) + s[0];
    const uint32_t t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11);
    return result;
}

/// Words of the stream whose turn it is; then it is the next one's.
TEMPLATE void random_take(struct random_source *source, uint32_t *words, int count) {
    uint32_t *const at = source->state + source->stream;
    uint32_t s[4] = {at[0], at[STREAMS], at[2 * STREAMS], at[3 * STREAMS]};
    EACH_LANE(i, count) {
        words[i] = xoshiro(s);
    }
    at[0] = s[0];
    at[STREAMS] = s[1];
    at[2 * STREAMS] = s[2];
    at[3 * STREAMS] = s[3];
    source->stream = (source->stream + 1) % STREAMS;
}

/// Streams advance together: at the end, those whose turn did not come in the last round are advanced as well.
TEMPLATE void random_close(struct random_source *source, int words_each) {
    while (source->stream != 0) {
        uint32_t unused[3];
        random_take(source, unused, words_each);
    }
}
#else
struct random_source {
    const uint32_t *next;
};

TEMPLATE struct random_source random_open(uint32_t *state) {
    (void)state;
    return (struct random_source){random_words};
}

TEMPLATE void random_close(struct random_source *source, int words_each) {
    (void)words_each;
    random_words = source->next;
}

TEMPLATE void random_take(struct random_source *source, uint32_t *words, int count) {
    EACH_LANE(i, count) {
        words[i] = random_word(&source->next);
    }
}
#endif

#define WORDS_PER_NORMAL 3

/// A standard normal: the sum of twelve uniform bytes less its mean, over its deviation.
TEMPLATE float normal(struct random_source *source) {
    uint32_t words[WORDS_PER_NORMAL];
    random_take(source, words, WORDS_PER_NORMAL);
    const uint32_t sum = __usada8(words[2], 0, __usada8(words[1], 0, __usad8(words[0], 0)));
    return (float)((int32_t)sum - 1530) * (1.0f / 255.998047f);
}
