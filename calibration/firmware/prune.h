// Moving connections within a layer.
#pragma once

#include "chip.h"

TEMPLATE uint32_t sign_at(const uint32_t *signs, int32_t i) { return signs[(uint32_t)i >> 5] >> (i & 31) & 1; }

TEMPLATE void set_sign(uint32_t *signs, int32_t i, uint32_t negative) {
    uint32_t *const word = &signs[(uint32_t)i >> 5];
    *word = (*word & ~(1u << (i & 31))) | negative << (i & 31);
}

/// Copies one connection to another place, all but its gradient, which is zero whenever connections move.
TEMPLATE void move(const struct sparse_matrix *layer, int32_t from, int32_t to, int has_velocity) {
    layer->rows[to] = layer->rows[from];
    layer->columns[to] = layer->columns[from];
    ((uint32_t *)layer->theta)[to] = ((const uint32_t *)layer->theta)[from];
    if (has_velocity) {
        ((uint32_t *)layer->velocity)[to] = ((const uint32_t *)layer->velocity)[from];
    }
    set_sign(layer->signs, to, sign_at(layer->signs, from));
}

TEMPLATE void set_count(struct connection_count *count, int32_t now) {
    count->now = now;
    if (now > count->peak) {
        count->peak = now;
    }
}
