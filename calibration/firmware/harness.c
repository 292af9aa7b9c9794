// Runs kernels on the contents of a core's SRAM, as the calibration lays them out, and hands back what is there
// afterwards. Files are read and written by semihosting.
#include "chip.h"
#include "calls.h"

#define SRAM_BYTES (1 << 20)
#define RANDOM_WORDS (1 << 22)
#define ARGUMENTS 64

extern uint32_t stack_top[];
void reset(void);

__attribute__((section(".vectors"), used)) static const void *const vectors[] = {stack_top, (const void *)reset};

__attribute__((section(".sram"), aligned(64))) static uint8_t sram[SRAM_BYTES];

__attribute__((section(".words"))) static uint32_t random_table[RANDOM_WORDS];
const uint32_t *random_words;

enum { SYS_OPEN = 1, SYS_CLOSE = 2, SYS_WRITE = 5, SYS_READ = 6, SYS_EXIT = 0x18 };
enum { READ_BINARY = 1, WRITE_BINARY = 5, APPLICATION_EXIT = 0x20026 };

static uint32_t semihost(uint32_t operation, const void *parameters) {
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = parameters;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static uint32_t open_file(const char *name, uint32_t length, uint32_t mode) {
    const uint32_t parameters[] = {(uint32_t)name, mode, length};
    return semihost(SYS_OPEN, parameters);
}

/// Returns what is missing: 0 when all was read.
static uint32_t read_file(uint32_t file, void *to, uint32_t bytes) {
    const uint32_t parameters[] = {file, (uint32_t)to, bytes};
    return semihost(SYS_READ, parameters);
}

static void write_file(uint32_t file, const void *from, uint32_t bytes) {
    const uint32_t parameters[] = {file, (uint32_t)from, bytes};
    semihost(SYS_WRITE, parameters);
}

struct call {
    uint32_t kernel;
    uint32_t random_words; // laid out by the calibration, in the order in which the kernel reads them
    uint32_t sram_bytes;
    uint32_t arguments[ARGUMENTS];
};

/// Where the trace starts a new case.
__attribute__((noinline)) void case_begin(void) { __asm__ volatile(""); }

__attribute__((noinline)) void case_end(void) { __asm__ volatile(""); }

void reset(void) {
    *(volatile uint32_t *)0xE000ED88 |= 0xF << 20; // CPACR: the FPU on
    __asm__ volatile("dsb\nisb");
    static struct call call;
    const uint32_t in = open_file("cases.bin", 9, READ_BINARY);
    const uint32_t out = open_file("results.bin", 11, WRITE_BINARY);
    while (read_file(in, &call, sizeof call) == 0) {
        read_file(in, random_table, call.random_words * 4);
        read_file(in, sram, call.sram_bytes);
        random_words = random_table;
        case_begin();
        call_kernel(call.kernel, call.arguments, sram);
        case_end();
        const uint32_t taken = (uint32_t)(random_words - random_table);
        write_file(out, &taken, 4);
        write_file(out, sram, call.sram_bytes);
    }
    semihost(SYS_EXIT, (const void *)APPLICATION_EXIT);
    for (;;) {
    }
}
