#ifndef POSTROOM_CLINUX_WALLS_H
#define POSTROOM_CLINUX_WALLS_H
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Nothing here can be imported: the filter's instructions are made by macros. prctl(2) and syscall(2) are variadic. */

static inline int postroom_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
static inline int postroom_not_dumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/* 1 when others of the same user may look into this process, 0 when not, -1 when that cannot be asked. */
static inline int postroom_is_dumpable(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }

static inline int postroom_set_limit(int resource, unsigned long octets) {
  struct rlimit limit = {octets, octets};
  return setrlimit((__rlimit_resource_t)resource, &limit);
}
enum {
  postroom_limit_core = RLIMIT_CORE, postroom_limit_files = RLIMIT_NOFILE, postroom_limit_file_size = RLIMIT_FSIZE,
  postroom_limit_memory = RLIMIT_AS
};

/* Landlock (Linux 5.13; the later numbers are of its versions 2 to 6): no file, no TCP port, no abstract Unix socket and
   no signal to a process outside, for this thread and what it starts. Its header is too old on Debian 12, so its numbers
   stand here; they are the same on every machine. Returns 0, or an errno. */
static inline int postroom_landlock(void) {
  enum { create_ruleset = 444, restrict_self = 446, ask_version = 1 };
  long version = syscall(create_ruleset, (void *)0, 0, ask_version);
  if (version < 1) return version == 0 ? ENOSYS : errno;
  unsigned files = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
  unsigned long long handled[3] = {(1ULL << files) - 1, version >= 4 ? 3 : 0, version >= 6 ? 3 : 0};
  long rules = syscall(create_ruleset, handled, sizeof handled, 0);
  if (rules < 0) return errno;
  int failure = syscall(restrict_self, rules, 0) == 0 ? 0 : errno;
  close((int)rules);
  return failure;
}

#if defined(__x86_64__)
#define POSTROOM_AUDIT_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define POSTROOM_AUDIT_ARCH AUDIT_ARCH_AARCH64
#endif

#define POSTROOM_ALLOW(number) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
/* Allowed unless the third argument asks for memory that can be executed (PROT_EXEC, 4). The low half of the argument,
   which comes first: both machines are little-endian. */
#define POSTROOM_ALLOW_WITHOUT_EXEC(number) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 4), \
  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])), \
  BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 4, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM), \
  BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

/* From here on all threads of this process may read and write what is open, use memory, wait for each other, tell the
   time and end. Every other system call answers EPERM: no file and no socket is opened, no process started or
   signalled. Returns 0, or an errno; ENOSYS where the filter is not known for this machine. */
static inline int postroom_filter_system_calls(void) {
#ifdef POSTROOM_AUDIT_ARCH
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, POSTROOM_AUDIT_ARCH, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      POSTROOM_ALLOW(SYS_read),
      POSTROOM_ALLOW(SYS_write),
      POSTROOM_ALLOW(SYS_futex),
      POSTROOM_ALLOW_WITHOUT_EXEC(SYS_mmap),
      POSTROOM_ALLOW_WITHOUT_EXEC(SYS_mprotect),
      POSTROOM_ALLOW(SYS_munmap),
      POSTROOM_ALLOW(SYS_mremap),
      POSTROOM_ALLOW(SYS_madvise),
      POSTROOM_ALLOW(SYS_brk),
      POSTROOM_ALLOW(SYS_clock_gettime),
      POSTROOM_ALLOW(SYS_getrandom),
      POSTROOM_ALLOW(SYS_sched_yield),
      POSTROOM_ALLOW(SYS_gettid),
      POSTROOM_ALLOW(SYS_rt_sigprocmask),
      POSTROOM_ALLOW(SYS_rt_sigreturn),
      POSTROOM_ALLOW(SYS_restart_syscall),
      POSTROOM_ALLOW(SYS_exit),
      POSTROOM_ALLOW(SYS_exit_group),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
  };
  struct sock_fprog program = {sizeof(filter) / sizeof(filter[0]), filter};
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0) return 0;
  /* The older way, where an outer filter lets only that pass: for this thread alone, which is the one that reads. */
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 ? 0 : errno;
#else
  return ENOSYS;
#endif
}
#endif
