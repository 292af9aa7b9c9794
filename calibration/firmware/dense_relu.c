#include "kernels.h"

// A float's sign is that of its bits, so the comparison needs no float register; what is not negative is not written.
void relu(float *values, int32_t count) {
    int32_t *at = (int32_t *)values;
    int32_t *const end = at + count;
    for (; at < end; at++) {
        if (*at < 0) {
            *at = 0;
        }
    }
}
