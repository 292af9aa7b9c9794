#include "elementary.h"
#include "chip.h"
#include "layer.h"

#define LN2_HIGH 0.693359375f
#define LN2_LOW -2.12194440e-4f

// Added and taken off again, this rounds to whole numbers, ties to even, what is smaller than 2^22.
#define ROUND 12582912.0f

__attribute__((noinline)) float exponential(float x) {
    x = x < -87.3f ? -87.3f : x > 88.7f ? 88.7f : x;
    const float n = (x * 1.44269504f + ROUND) - ROUND;
    float r = fused(n, -LN2_HIGH, x);
    r = fused(n, -LN2_LOW, r);
    float p = 1.0f / 5040;
    p = fused(p, r, 1.0f / 720);
    p = fused(p, r, 1.0f / 120);
    p = fused(p, r, 1.0f / 24);
    p = fused(p, r, 1.0f / 6);
    p = fused(p, r, 0.5f);
    p = fused(p, r, 1);
    p = fused(p, r, 1);
    return p * float_of((uint32_t)((int32_t)n + 127) << 23);
}

float logarithm(float x) {
    const int32_t bits = (int32_t)bits_of(x);
    const int32_t exponent = (bits - 0x3F3504F3) >> 23;
    const float m = float_of((uint32_t)(bits - exponent * (1 << 23)));
    const float s = (m - 1) / (m + 1);
    const float s2 = s * s;
    float p = 2.0f / 9;
    p = fused(p, s2, 2.0f / 7);
    p = fused(p, s2, 2.0f / 5);
    p = fused(p, s2, 2.0f / 3);
    const float tail = fused(p * s2, s, (float)exponent * LN2_LOW);
    return fused((float)exponent, LN2_HIGH, fused(2, s, tail));
}
