#include "kernels.h"

// A float's sign is that of its bits, so the comparison needs no float register; what is not negative is not written.
void relu(float *values, int32_t count) {
    int32_t *const bits = (int32_t *)values;
    for (int32_t i = 0; i < count; i++) {
        if (bits[i] < 0) {
            bits[i] = 0;
        }
    }
}
