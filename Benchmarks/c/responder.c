/* A line responder that does not parse: what it costs the kernel to answer, and nothing else.
 * Every line that ends in LF is sent back as it came, all lines of one read in one write.
 *
 * usage: responder PORT|PATH     (a number is a TCP port on 127.0.0.1, 0 chooses; else a Unix socket)
 * Prints "ready PORT" or "ready PATH". Ends on SIGTERM. */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct conn { int fd; size_t used; char buf[256 * 1024]; };

int main(int argc, char **argv) {
  if (argc != 2) { fprintf(stderr, "usage: responder PORT|PATH\n"); return 1; }
  char *end; long port = strtol(argv[1], &end, 10);
  int tcp = *end == 0, l = socket(tcp ? AF_INET : AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
  if (tcp) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t n = sizeof a;
    setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(l, (void *)&a, sizeof a) || getsockname(l, (void *)&a, &n)) { perror("bind"); return 1; }
    port = ntohs(a.sin_port);
  } else {
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    strncpy(a.sun_path, argv[1], sizeof a.sun_path - 1);
    unlink(argv[1]);
    if (bind(l, (void *)&a, sizeof a)) { perror("bind"); return 1; }
  }
  listen(l, 1024);
  if (tcp) printf("ready %ld\n", port); else printf("ready %s\n", argv[1]);
  fflush(stdout);
  int ep = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event ev = {.events = EPOLLIN, .data.ptr = NULL}, evs[256];
  epoll_ctl(ep, EPOLL_CTL_ADD, l, &ev);
  for (;;) {
    int n = epoll_wait(ep, evs, 256, -1);
    for (int i = 0; i < n; i++) {
      struct conn *c = evs[i].data.ptr;
      if (!c) {
        int fd = accept4(l, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0) continue;
        if (tcp) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (!(c = malloc(sizeof *c))) { close(fd); continue; }
        c->fd = fd; c->used = 0;
        ev.events = EPOLLIN; ev.data.ptr = c;
        epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
        continue;
      }
      ssize_t got = read(c->fd, c->buf + c->used, sizeof c->buf - c->used);
      if (got <= 0) { close(c->fd); free(c); continue; }
      c->used += got;
      char *last = memrchr(c->buf, '\n', c->used);
      if (!last) { if (c->used == sizeof c->buf) { close(c->fd); free(c); } continue; }
      size_t whole = last + 1 - c->buf, sent = 0;
      while (sent < whole) {
        ssize_t w = write(c->fd, c->buf + sent, whole - sent);
        if (w <= 0) { if (w < 0 && errno == EINTR) continue; break; }
        sent += w;
      }
      memmove(c->buf, c->buf + whole, c->used - whole);
      c->used -= whole;
    }
  }
}
