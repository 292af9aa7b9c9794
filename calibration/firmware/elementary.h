// Exponential and logarithm as src/Kernels/Elementary.cs defines them, to the same bits.
#pragma once

float logarithm(float x);
