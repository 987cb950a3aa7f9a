#ifndef POSTROOM_CLINUX_SHIM_H
#define POSTROOM_CLINUX_SHIM_H
#include <arpa/nameser.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <resolv.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <unistd.h>

/* What glibc shows under _GNU_SOURCE only. That is not defined here: it changes types (fd_set), and Swift
   refuses to see a type in two forms, this module's and another's. */
struct postroom_ucred { int pid; unsigned int uid; unsigned int gid; };
static inline int postroom_peer_credentials(int fd, struct postroom_ucred *out) {
  socklen_t n = sizeof(*out);
  return getsockopt(fd, SOL_SOCKET, 17 /* SO_PEERCRED */, out, &n);
}

/* Asks name servers for records of one type: those of resolv.conf, or `server`. Blocks, at most for about 8 seconds.
   The length of the answer; -1 when there are none, -2 when nobody could tell. */
static inline int postroom_dns_query(const char *name, int type, const struct sockaddr_in *server, unsigned char *answer,
                                     int room) {
  struct __res_state state;
  memset(&state, 0, sizeof(state));
  if (res_ninit(&state) != 0) return -2;
  state.retrans = 2;
  state.retry = 2;
  if (server) {
    state.nsaddr_list[0] = *server;
    state.nscount = 1;
  }
  int n = res_nquery(&state, name, 1 /* IN */, type, answer, room);
  int why = state.res_h_errno;
  res_nclose(&state);
  if (n >= 0) return n < room ? n : room;
  return why == HOST_NOT_FOUND || why == NO_DATA ? -1 : -2;
}

/* What moves octets and waits for them, called as the kernel has it: glibc's own are cancellation points and pay for
   that at each call, and no thread of ours is ever cancelled. -1 with errno, as theirs. */
static inline long postroom_recv(int fd, void *to, unsigned long n) {
  return syscall(SYS_recvfrom, fd, to, n, 0, (void *)0, (void *)0);
}
static inline long postroom_send(int fd, const void *from, unsigned long n) {
  return syscall(SYS_sendto, fd, from, n, MSG_NOSIGNAL, (void *)0, 0);
}
static inline int postroom_epoll_wait(int fd, struct epoll_event *events, int n, int milliseconds) {
  return (int)syscall(SYS_epoll_pwait, fd, events, n, milliseconds, (void *)0, 8ul);
}

/* The affinity as a plain set of bits: cpu_set_t and its macros are shown under _GNU_SOURCE only. */
extern int postroom_get_affinity(int pid, unsigned long octets, void *bits) __asm__("sched_getaffinity");
/* malloc.h; the parameters' numbers are part of glibc's ABI. */
extern int postroom_mallopt(int parameter, int value) __asm__("mallopt");
enum { postroom_trim_threshold = -1, postroom_mmap_threshold = -3 };
struct postroom_mallinfo {
  unsigned long arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost;
};
extern struct postroom_mallinfo postroom_mallinfo2(void) __asm__("mallinfo2");
extern int postroom_malloc_trim(unsigned long pad) __asm__("malloc_trim");
extern int postroom_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) __asm__("accept4");
extern int postroom_thread_set_name(unsigned long thread, const char *name) __asm__("pthread_setname_np");

/* Closes in the process that is spawned all descriptors from `from` on (glibc 2.34). */
extern int postroom_spawn_close_from(void *actions, int from) __asm__("posix_spawn_file_actions_addclosefrom_np");

/* The type bits as plain integers: SOCK_STREAM comes to Swift as an enum, the others as integers or not at all. */
enum {
  postroom_stream_socket = 1 /* SOCK_STREAM */ | 02000000 /* SOCK_CLOEXEC */ | 04000 /* SOCK_NONBLOCK */,
  postroom_accept_flags = 02000000 | 04000,
  postroom_datagram_socket = 2 /* SOCK_DGRAM */ | 02000000 | 04000
};

/* EPOLLET is 1u << 31: it does not fit the enum's int, and is not imported. */
static const unsigned int postroom_epoll_edge = 1u << 31;
#endif
