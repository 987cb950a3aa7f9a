/* Sends JSON-RPC lines and counts the answers: N connections, each with D requests in flight.
 *
 * usage: rpcload HOST:PORT|PATH PID CONNECTIONS DEPTH REQUESTS [TOKEN]
 *
 * PID is the server's: its CPU time, all threads, is read from /proc before and after. Every answer
 * is one line; its "id" must be one that is in flight on that connection, and it must hold no
 * "error". With TOKEN each connection first calls session.open.
 * Prints one line: requests, seconds, requests a second, CPU seconds of the server per 100,000 calls,
 * latency p50 and p99 in microseconds. Exits 2 when an answer is missing, doubled or an error. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define MAXDEPTH 1024
struct conn { int fd; size_t used; long flying; uint64_t sent_at[MAXDEPTH]; char busy[MAXDEPTH]; char buf[1 << 18]; };

static uint64_t now_ns(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000ull + t.tv_nsec; }

static uint64_t cpu_ns(int pid) {
  char path[300]; uint64_t sum = 0;
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *d = opendir(path);
  if (!d) return 0;
  for (struct dirent *e; (e = readdir(d));) {
    if (e->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, e->d_name);
    FILE *f = fopen(path, "r");
    unsigned long long v = 0;
    if (f) { if (fscanf(f, "%llu", &v) == 1) sum += v; fclose(f); }
  }
  closedir(d);
  return sum;
}

static int dial(const char *where) {
  const char *colon = where[0] == '/' ? NULL : strrchr(where, ':');
  int fd = socket(colon ? AF_INET : AF_UNIX, SOCK_STREAM, 0), one = 1, bad;
  if (colon) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(colon + 1)), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    bad = connect(fd, (void *)&a, sizeof a);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  } else {
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    strncpy(a.sun_path, where, sizeof a.sun_path - 1);
    bad = connect(fd, (void *)&a, sizeof a);
  }
  if (bad) { perror("connect"); exit(1); }
  return fd;
}

static int cmp(const void *a, const void *b) { uint32_t x = *(uint32_t *)a, y = *(uint32_t *)b; return x < y ? -1 : x > y; }

int main(int argc, char **argv) {
  if (argc < 6) { fprintf(stderr, "usage: rpcload HOST:PORT|PATH PID CONNECTIONS DEPTH REQUESTS [TOKEN]\n"); return 1; }
  int pid = atoi(argv[2]), conns = atoi(argv[3]), depth = atoi(argv[4]);
  long total = atol(argv[5]), sent = 0, done = 0;
  if (depth < 1 || depth > MAXDEPTH || conns < 1 || total < 1) { fprintf(stderr, "numbers out of range\n"); return 1; }
  struct conn *cs = calloc(conns, sizeof *cs);
  uint32_t *lat = malloc(total * sizeof *lat);
  int ep = epoll_create1(0);
  for (int i = 0; i < conns; i++) {
    cs[i].fd = dial(argv[1]);
    if (argc > 6) {
      char line[512]; int n = snprintf(line, sizeof line, "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"session.open\",\"params\":{\"token\":\"%s\"}}\n", argv[6]);
      if (write(cs[i].fd, line, n) != n || (n = read(cs[i].fd, line, sizeof line - 1)) <= 0) { perror("session.open"); return 1; }
      line[n] = 0;
      if (strstr(line, "\"error\"")) { fprintf(stderr, "%s", line); return 1; }
    }
    struct epoll_event ev = {.events = EPOLLIN, .data.ptr = &cs[i]};
    epoll_ctl(ep, EPOLL_CTL_ADD, cs[i].fd, &ev);
  }
  uint64_t cpu0 = cpu_ns(pid), t0 = now_ns();
  struct epoll_event evs[256];
  for (int first = 1; done < total; first = 0) {
    int n = first ? conns : epoll_wait(ep, evs, 256, 10000);
    if (n <= 0) { fprintf(stderr, "no answer for 10 s: %ld of %ld\n", done, total); return 2; }
    for (int i = 0; i < n; i++) {
      struct conn *c = first ? &cs[i] : evs[i].data.ptr;
      if (!first) {
        ssize_t got = read(c->fd, c->buf + c->used, sizeof c->buf - c->used);
        if (got <= 0) { fprintf(stderr, "connection ended: %ld of %ld\n", done, total); return 2; }
        c->used += got;
        char *p = c->buf, *nl; uint64_t t = now_ns();
        while ((nl = memchr(p, '\n', c->buf + c->used - p))) {
          *nl = 0;
          char *id = strstr(p, "\"id\":");
          long slot = id ? strtol(id + 5, NULL, 10) - 1 : -1;
          if (slot < 0 || slot >= depth || !c->busy[slot] || strstr(p, "\"error\":")) { fprintf(stderr, "unexpected answer: %s\n", p); return 2; }
          c->busy[slot] = 0; c->flying--;
          lat[done++] = (uint32_t)((t - c->sent_at[slot]) / 1000);
          p = nl + 1;
        }
        memmove(c->buf, p, c->buf + c->used - p);
        c->used -= p - c->buf;
      }
      char out[MAXDEPTH * 128]; size_t o = 0; uint64_t t = now_ns();
      for (int s = 0; s < depth && sent < total; s++) {
        if (c->busy[s]) continue;
        c->busy[s] = 1; c->flying++; sent++; c->sent_at[s] = t;
        o += snprintf(out + o, sizeof out - o, "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"rpc.ping\",\"params\":{\"data\":\"0123456789\"}}\n", s + 1);
      }
      for (size_t w = 0; w < o;) { ssize_t k = write(c->fd, out + w, o - w); if (k <= 0) { perror("write"); return 2; } w += k; }
    }
  }
  double secs = (now_ns() - t0) / 1e9, cpu = (cpu_ns(pid) - cpu0) / 1e9;
  qsort(lat, done, sizeof *lat, cmp);
  printf("%ld calls %.3f s %.0f/s cpu/100k %.4f s p50 %u us p99 %u us\n", done, secs, done / secs, cpu * 100000 / done, lat[done / 2], lat[done * 99 / 100]);
  return 0;
}
