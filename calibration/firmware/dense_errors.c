#include "kernels.h"

// An activation after the ReLU is positive where its bits are not zero.
void sum_errors(float *error, int32_t count, const float *parts, int32_t cores, const float *activation) {
    const int32_t *const active = (const int32_t *)activation;
    for (int32_t i = 0; i < count; i++) {
        if (active[i] > 0) {
            float sum = error[i];
            for (int32_t core = 0; core < cores; core++) {
                sum += parts[core * count + i];
            }
            error[i] = sum;
        } else {
            error[i] = 0;
        }
    }
}
