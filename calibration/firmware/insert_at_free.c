#include "kernels.h"
#include "prune.h"

#ifdef SOFTWARE_RANDOM
#include "random.h"

#define NEXT(stream) xoshiro(stream)
#define OPEN(stream) (stream)
#define CLOSE(random) (void)(random)
typedef uint32_t *source;
#else
#define NEXT(random) random_word(&(random))
#define OPEN(stream) ((void)(stream), random_words)
#define CLOSE(random) random_words = (random)
typedef const uint32_t *source;
#endif

/// Draws distinct ranks below the number of free positions, in ascending order.
TEMPLATE source draw(uint32_t *ranks, int32_t count, uint32_t free, source random) {
    for (int32_t drawn = 0; drawn < count; drawn++) {
        // Lemire's method: a word times the bound, of which the upper half is the number.
        const uint32_t bound = free - (uint32_t)drawn;
        uint64_t product = (uint64_t)NEXT(random) * bound;
        if ((uint32_t)product < bound) {
            const uint32_t threshold = -bound % bound;
            while ((uint32_t)product < threshold) {
                product = (uint64_t)NEXT(random) * bound;
            }
        }
        // A rank among those not drawn yet: it steps over each smaller one drawn before.
        uint32_t rank = (uint32_t)(product >> 32) + (uint32_t)drawn;
        int32_t place = drawn;
        while (place > 0 && ranks[place - 1] > rank - 1) {
            ranks[place] = ranks[place - 1];
            place--;
            rank--;
        }
        ranks[place] = rank;
    }
    return random;
}

/// Merges new connections into the list from its end, where the taken positions passed so far turn a rank into a
/// position.
TEMPLATE source merge(
    const struct sparse_matrix *layer, const uint32_t *ranks, int32_t count, int32_t old, source random, int has_velocity) {
    const uint32_t inputs = (uint32_t)layer->inputs;
    int32_t to = old + count;
    uint32_t signs = 0;
    int32_t signs_left = 0;
    while (--count >= 0) {
        const uint32_t rank = ranks[count];
        while (old > 0 && layer->rows[old - 1] * inputs + layer->columns[old - 1] - (uint32_t)(old - 1) > rank) {
            old--;
            to--;
            move(layer, old, to, has_velocity);
        }
        if (signs_left == 0) {
            signs = NEXT(random);
            signs_left = 32;
        }
        const uint32_t position = rank + (uint32_t)old;
        const uint32_t row = position / inputs;
        to--;
        layer->rows[to] = (uint16_t)row;
        layer->columns[to] = (uint16_t)(position - row * inputs);
        layer->theta[to] = 0;
        if (has_velocity) {
            layer->velocity[to] = 0;
        }
        set_sign(layer->signs, to, signs & 1);
        signs >>= 1;
        signs_left--;
    }
    return random;
}

void insert_at_free(const struct sparse_matrix *matrix, uint32_t *stream, uint32_t *scratch, int32_t scratch_length) {
    const struct sparse_matrix layer = *matrix;
    const int32_t positions = layer.inputs * layer.outputs;
    const int32_t target = layer.capacity < positions ? layer.capacity : positions;
    source random = OPEN(stream);
    while (layer.count->now < target) {
        const int32_t old = layer.count->now;
        const int32_t batch = scratch_length < target - old ? scratch_length : target - old;
        random = draw(scratch, batch, (uint32_t)(positions - old), random);
        random = layer.velocity ? merge(&layer, scratch, batch, old, random, 1) : merge(&layer, scratch, batch, old, random, 0);
        set_count(layer.count, old + batch);
    }
    CLOSE(random);
}
