#include "calls.h"
#include "kernels.h"

enum kernel {
    RELU = 1,
};

void call_kernel(uint32_t kernel, const uint32_t *arguments, uint8_t *sram) {
    switch (kernel) {
    case RELU:
        relu((float *)(sram + arguments[0]), (int32_t)arguments[1]);
        break;
    }
}
