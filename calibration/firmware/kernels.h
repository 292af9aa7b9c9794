// The kernels, one a file, each the counterpart of the kernel of that name in src/Kernels: the same bytes in SRAM before
// and after.
#pragma once

#include "chip.h"

void relu(float *values, int32_t count);
