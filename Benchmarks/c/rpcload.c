/* Sends JSON-RPC calls and counts the answers: N connections, each with D requests in flight.
 *
 * usage: rpcload [-f FRAMING] [-o OCTETS] [-m METHOD] HOST:PORT|PATH PID CONNECTIONS DEPTH REQUESTS [TOKEN]
 *
 * FRAMING is lines (usual), header, prefix, packed (prefix, deflated), http, websocket, tls (lines inside) or go (the
 * form of JSON-RPC 1.0 that Go's net/rpc/jsonrpc speaks). METHOD is rpc.ping when not given, with OCTETS (24: a
 * request of 90) of data to echo; another is called without params. PID is the server's: its CPU time, all threads, is
 * read from /proc before and after. Every answer's "id" must be one that is in flight on that connection, and it must
 * hold no error. With TOKEN each connection signs in first.
 * Prints one line: requests, seconds, requests a second, CPU seconds of the server per 100,000 calls,
 * latency p50 and p99 in microseconds. Exits 2 when an answer is missing, doubled or an error. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#define MAXDEPTH 1024
#define FRAMEMAX(octets) ((octets) + 512)
struct conn { int fd; SSL *ssl; size_t used; uint64_t sent_at[MAXDEPTH]; char busy[MAXDEPTH]; char buf[1 << 18]; };
static enum { LINES, HEADER, PREFIX, PACKED, HTTP, WEBSOCKET, TLS, GO } framing = LINES;
static const char *names[] = {"lines", "header", "prefix", "packed", "http", "websocket", "tls", "go"};
static const char *method = "rpc.ping", *token;
static char *data;

static void die(const char *what) { perror(what); exit(1); }
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
  if (bad) die("connect");
  return fd;
}

static ssize_t take(struct conn *c, void *to, size_t room) { return c->ssl ? SSL_read(c->ssl, to, room) : read(c->fd, to, room); }

static void give(struct conn *c, const char *from, size_t n) {
  while (n) {
    ssize_t k = c->ssl ? SSL_write(c->ssl, from, n) : write(c->fd, from, n);
    if (k <= 0) die("write");
    from += k; n -= k;
  }
}

/* Frames json at out; its length. */
static size_t frame(char *out, const char *json, size_t n) {
  size_t o = 0;
  switch (framing) {
  case HEADER: o = sprintf(out, "Content-Length: %zu\r\n\r\n", n); break;
  case HTTP:
    o = sprintf(out, "POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nAuthorization: Bearer %s\r\n\r\n", n, token);
    break;
  case PREFIX: out[0] = 0; for (int i = 0; i < 4; i++) out[1 + i] = n >> (24 - 8 * i); o = 5; break;
  case PACKED: {
    uLongf m = compressBound(n);
    compress2((Bytef *)out + 5, &m, (const Bytef *)json, n, 1);
    out[0] = 1; for (int i = 0; i < 4; i++) out[1 + i] = m >> (24 - 8 * i);
    return m + 5;
  }
  case WEBSOCKET: /* a mask of zeros */
    out[o++] = (char)0x81;
    if (n < 126) out[o++] = 0x80 | n; else { out[o++] = (char)0xFE; out[o++] = n >> 8; out[o++] = n & 255; }
    memset(out + o, 0, 4); o += 4;
    break;
  default: break;
  }
  memcpy(out + o, json, n); o += n;
  if (framing == LINES || framing == TLS || framing == GO) out[o++] = '\n';
  return o;
}

/* The message at p: where its JSON begins and ends, and what follows it; 0 when it is not whole. */
static int message(char *p, char *end, char **from, char **to, char **next) {
  size_t n;
  switch (framing) {
  case HEADER: case HTTP: {
    char *blank = memmem(p, end - p, "\r\n\r\n", 4);
    if (!blank) return 0;
    *blank = 0;
    char *length = strcasestr(p, "content-length:");
    *blank = '\r';
    if (!length) { fprintf(stderr, "no length: %.80s\n", p); exit(2); }
    n = strtoul(length + 15, NULL, 10); *from = blank + 4;
    break;
  }
  case PREFIX: case PACKED:
    if (end - p < 5) return 0;
    n = (size_t)(uint8_t)p[1] << 24 | (uint8_t)p[2] << 16 | (uint8_t)p[3] << 8 | (uint8_t)p[4]; *from = p + 5;
    break;
  case WEBSOCKET:
    if (end - p < 4) return 0;
    n = p[1] & 127; *from = p + 2;
    if (n == 126) { n = (uint8_t)p[2] << 8 | (uint8_t)p[3]; *from = p + 4; }
    break;
  default:
    *from = p; *to = memchr(p, '\n', end - p); *next = *to ? *to + 1 : NULL;
    return *to != NULL;
  }
  *to = *next = *from + n;
  return *to <= end;
}

static size_t request(char *out, int id) {
  static char json[1 << 17];
  int n;
  if (framing == GO) n = snprintf(json, sizeof json, "{\"method\":\"rpc.Ping\",\"params\":[{\"data\":\"%s\"}],\"id\":%d}", data, id);
  else if (strcmp(method, "rpc.ping")) n = snprintf(json, sizeof json, "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\"}", id, method);
  else n = snprintf(json, sizeof json, "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"rpc.ping\",\"params\":{\"data\":\"%s\"}}", id, data);
  return frame(out, json, n);
}

static void open_session(struct conn *c, const char *where) {
  char text[2048], out[4096]; int n;
  c->fd = dial(where);
  if (framing == TLS) {
    static SSL_CTX *context;
    if (!context) context = SSL_CTX_new(TLS_client_method());
    c->ssl = SSL_new(context);
    SSL_set_fd(c->ssl, c->fd);
    if (SSL_connect(c->ssl) != 1) { fprintf(stderr, "no TLS\n"); exit(1); }
  }
  if (framing == WEBSOCKET) {
    n = sprintf(text, "GET /rpc HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer %s\r\n\r\n", token);
    give(c, text, n);
    if ((n = take(c, text, sizeof text - 1)) < 12 || memcmp(text, "HTTP/1.1 101", 12)) { fprintf(stderr, "no upgrade\n"); exit(1); }
    return;
  }
  if (!token || framing == HTTP) return;
  n = snprintf(text, sizeof text, "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"session.open\",\"params\":{\"token\":\"%s\"}}", token);
  give(c, out, frame(out, text, n));
  if ((n = take(c, text, sizeof text - 1)) <= 0) die("session.open");
  text[n] = 0;
  if (memmem(text, n, "\"error\"", 7)) { fprintf(stderr, "%s", text); exit(1); }
}

static int cmp(const void *a, const void *b) { uint32_t x = *(uint32_t *)a, y = *(uint32_t *)b; return x < y ? -1 : x > y; }

int main(int argc, char **argv) {
  size_t octets = 24;
  for (int o; (o = getopt(argc, argv, "f:o:m:")) != -1;) {
    if (o == 'o') octets = strtoul(optarg, NULL, 10);
    else if (o == 'm') method = optarg;
    else {
      int k = 0;
      while (k <= GO && (o != 'f' || strcmp(names[k], optarg))) k++;
      if (k > GO) { fprintf(stderr, "unknown option or framing\n"); return 1; }
      framing = k;
    }
  }
  argc -= optind - 1; argv += optind - 1;
  if (argc < 6) { fprintf(stderr, "usage: rpcload [-f FRAMING] [-o OCTETS] [-m METHOD] HOST:PORT|PATH PID CONNECTIONS DEPTH REQUESTS [TOKEN]\n"); return 1; }
  int pid = atoi(argv[2]), conns = atoi(argv[3]), depth = atoi(argv[4]);
  long total = atol(argv[5]), sent = 0, done = 0;
  if (argc > 6) token = argv[6];
  if (depth < 1 || depth > MAXDEPTH || conns < 1 || total < 1 || octets > 60000 || depth * FRAMEMAX(octets) > sizeof ((struct conn *)0)->buf) { fprintf(stderr, "numbers out of range\n"); return 1; }
  data = malloc(octets + 1);
  for (size_t i = 0; i < octets; i++) data[i] = '0' + i % 10;
  data[octets] = 0;
  struct conn *cs = calloc(conns, sizeof *cs);
  uint32_t *lat = malloc(total * sizeof *lat);
  char *out = malloc(depth * FRAMEMAX(octets) + 1024);
  int ep = epoll_create1(0);
  for (int i = 0; i < conns; i++) {
    open_session(&cs[i], argv[1]);
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
        do {
          ssize_t got = take(c, c->buf + c->used, sizeof c->buf - c->used);
          if (got <= 0) { fprintf(stderr, "connection ended: %ld of %ld\n", done, total); return 2; }
          c->used += got;
        } while (c->ssl && SSL_pending(c->ssl));
        char *p = c->buf, *from, *to, *next; uint64_t t = now_ns();
        while (p < c->buf + c->used && message(p, c->buf + c->used, &from, &to, &next)) {
          char *id = memmem(from, to - from, "\"id\":", 5), *error = memmem(from, to - from, "\"error\":", 8);
          long slot = id ? strtol(id + 5, NULL, 10) - 1 : -1;
          if (slot < 0 || slot >= depth || !c->busy[slot] || (error && memcmp(error + 8, "null", 4))) { fprintf(stderr, "unexpected answer: %.*s\n", (int)(to - from), from); return 2; }
          c->busy[slot] = 0;
          lat[done++] = (uint32_t)((t - c->sent_at[slot]) / 1000);
          p = next;
        }
        memmove(c->buf, p, c->buf + c->used - p);
        c->used -= p - c->buf;
      }
      size_t o = 0; uint64_t t = now_ns();
      for (int s = 0; s < depth && sent < total; s++) {
        if (c->busy[s]) continue;
        c->busy[s] = 1; sent++; c->sent_at[s] = t;
        o += request(out + o, s + 1);
      }
      give(c, out, o);
    }
  }
  double secs = (now_ns() - t0) / 1e9, cpu = (cpu_ns(pid) - cpu0) / 1e9;
  qsort(lat, done, sizeof *lat, cmp);
  printf("%ld calls %.3f s %.0f/s cpu/100k %.4f s p50 %u us p99 %u us\n", done, secs, done / secs, cpu * 100000 / done, lat[done / 2], lat[done * 99 / 100]);
  return 0;
}
