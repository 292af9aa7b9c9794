// A plugin for QEMU (its "TCG plugins", API version 1) that writes the address of every executed instruction, four
// bytes each in the host's order, to the file it is given: -plugin libtrace.so,to=PATH. An instruction whose
// condition fails counts as executed, as it does on the core, which spends its cycle on it. Each access to memory is
// written as the address of its instruction plus one, which no instruction has: it tells a load or store that did
// something from one whose condition failed.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// QEMU's distribution has no header for plugins; these are the declarations used here, from its documentation.
typedef uint64_t plugin_id;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info;
enum { NO_REGISTERS = 0 };
enum { READS_AND_WRITES = 3 };
typedef uint32_t access_information;

extern void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id, void (*)(plugin_id, struct qemu_plugin_tb *));
extern void qemu_plugin_register_atexit_cb(plugin_id, void (*)(plugin_id, void *), void *);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);
extern void qemu_plugin_register_vcpu_insn_exec_cb(
    struct qemu_plugin_insn *, void (*)(unsigned, void *), int, void *);
extern void qemu_plugin_register_vcpu_mem_cb(
    struct qemu_plugin_insn *, void (*)(unsigned, access_information, uint64_t, void *), int, int, void *);

#define EXPORT __attribute__((visibility("default")))

EXPORT int qemu_plugin_version = 1;

static FILE *file;

static void note(uint32_t word) {
    if (fwrite(&word, sizeof word, 1, file) != 1) {
        perror("trace");
        _Exit(1);
    }
}

static void executed(unsigned cpu, void *address) {
    (void)cpu;
    note((uint32_t)(uintptr_t)address);
}

static void accessed(unsigned cpu, access_information information, uint64_t memory, void *address) {
    (void)cpu, (void)information, (void)memory;
    note((uint32_t)(uintptr_t)address | 1);
}

static void translated(plugin_id id, struct qemu_plugin_tb *block) {
    (void)id;
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(block); i++) {
        struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(block, i);
        void *const address = (void *)(uintptr_t)qemu_plugin_insn_vaddr(instruction);
        qemu_plugin_register_vcpu_insn_exec_cb(instruction, executed, NO_REGISTERS, address);
        qemu_plugin_register_vcpu_mem_cb(instruction, accessed, NO_REGISTERS, READS_AND_WRITES, address);
    }
}

static void finished(plugin_id id, void *unused) {
    (void)id, (void)unused;
    if (fclose(file) != 0) {
        perror("trace");
        _Exit(1);
    }
}

EXPORT int qemu_plugin_install(plugin_id id, const struct qemu_info *info, int count, char **arguments) {
    (void)info;
    static const char name[] = "to=";
    if (count != 1 || strncmp(arguments[0], name, sizeof name - 1) != 0) {
        fputs("trace: to=PATH expected\n", stderr);
        return -1;
    }
    file = fopen(arguments[0] + sizeof name - 1, "wb");
    if (file == NULL) {
        perror(arguments[0]);
        return -1;
    }
    setvbuf(file, NULL, _IOFBF, 1 << 20);
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, finished, NULL);
    return 0;
}
