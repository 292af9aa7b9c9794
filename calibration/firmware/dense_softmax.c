#include "dense.h"
#include "elementary.h"
#include "kernels.h"

void softmax_cross_entropy(
    const float *sums,
    int32_t classes,
    const uint8_t *records,
    float *error,
    struct tally *tally,
    const struct batch_shape *shape,
    float scale) {
    const int32_t lanes = shape->lanes;
    const int32_t record = shape->pixels + 1;
    const uint8_t *label = records + shape->pixels;
    int32_t lane = 0;
    for (; lane < shape->active; lane++) {
        const int32_t best = best_of(sums, classes, lanes);
        const float largest = sums[best * lanes];
        float total = 0;
        for (int32_t i = 0; i < classes; i++) {
            const float e = exponential(sums[i * lanes] - largest);
            error[i * lanes] = e;
            total += e;
        }
        const float share = scale / total;
        for (int32_t i = 0; i < classes; i++) {
            error[i * lanes] *= share;
        }
        const int32_t target = *label;
        error[target * lanes] -= scale;
        if (tally) {
            tally->loss += logarithm(total) - (sums[target * lanes] - largest);
            tally->correct += best == target;
            tally->samples++;
        }
        label += record;
        sums++;
        error++;
    }
    for (; lane < lanes; lane++) {
        for (int32_t i = 0; i < classes; i++) {
            error[i * lanes] = 0;
        }
        error++;
    }
}
