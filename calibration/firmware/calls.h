#pragma once

#include <stdint.h>

/// Calls a kernel by its number with arguments as the calibration writes them: numbers as they are, buffers by their
/// offset in SRAM.
void call_kernel(uint32_t kernel, const uint32_t *arguments, uint8_t *sram);
