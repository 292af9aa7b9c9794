#pragma once

#include "chip.h"

/// The class with the highest of a sample's sums; of equal ones the first.
TEMPLATE int32_t best_of(const float *sums, int32_t classes, int32_t lanes) {
    int32_t best = 0;
    float highest = sums[0];
    for (int32_t i = 1; i < classes; i++) {
        sums += lanes;
        if (*sums > highest) {
            highest = *sums;
            best = i;
        }
    }
    return best;
}
