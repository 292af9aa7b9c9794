#include "kernels.h"

void interleave_pixels(const uint8_t *records, uint8_t *input, int32_t pixels, int32_t lanes, int32_t active) {
    int32_t lane = 0;
    for (; lane < active; lane++) {
        uint8_t *to = input + lane;
        for (int32_t pixel = 0; pixel < pixels; pixel++) {
            *to = *records++;
            to += lanes;
        }
        records++; // the label
    }
    for (; lane < lanes; lane++) {
        uint8_t *to = input + lane;
        for (int32_t pixel = 0; pixel < pixels; pixel++) {
            *to = 0;
            to += lanes;
        }
    }
}
