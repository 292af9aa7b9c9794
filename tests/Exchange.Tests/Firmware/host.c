// Classifies the images of images.bin and leaves classes and sums in results.bin.
#include <stdio.h>

#include "net.h"

int main(void) {
    FILE *in = fopen("images.bin", "rb");
    FILE *out = fopen("results.bin", "wb");
    uint8_t pixels[NET_PIXELS];
    float sums[NET_CLASSES];
    if (in == NULL || out == NULL) {
        return 1;
    }
    while (fread(pixels, sizeof pixels, 1, in) == 1) {
        const int32_t best = net_classify(pixels, sums);
        fwrite(&best, sizeof best, 1, out);
        fwrite(sums, sizeof sums, 1, out);
    }
    fclose(in);
    return fclose(out);
}
