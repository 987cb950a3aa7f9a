/* Reads a folder over IMAPS as fast as the server gives it and throws the octets away: the limit
 * for any sync. One UID FETCH, no parsing but the search for the tagged answer.
 *
 * usage: imapdrain PORT CAFILE USER PASSWORD FOLDER headers|full
 * Prints: octets, seconds, CPU seconds. */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static SSL *ssl;
static char buf[1 << 18];
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }

/* Reads until a line begins with `tag` or (greeting) any line ended; returns octets. */
static long until(const char *tag) {
  long total = 0; size_t keep = 0, tl = strlen(tag);
  for (;;) {
    int n = SSL_read(ssl, buf + keep, sizeof buf - keep - 1);
    if (n <= 0) { fprintf(stderr, "connection ended\n"); exit(1); }
    total += n; n += keep; buf[n] = 0;
    char *hit = keep == 0 && total == n && !strncmp(buf, tag, tl) ? buf : NULL;
    if (!hit) { char want[32]; snprintf(want, sizeof want, "\r\n%s", tag); hit = memmem(buf, n, want, tl + 2); if (hit) hit += 2; }
    if (hit && memchr(hit, '\n', buf + n - hit)) {
      if (strncmp(hit + tl, " OK", 3) && strcmp(tag, "*")) { fprintf(stderr, "%s\n", hit); exit(1); }
      return total;
    }
    keep = n < 256 ? n : 256;
    memmove(buf, buf + n - keep, keep);
  }
}

static long command(const char *tag, const char *line) {
  char out[1024]; int n = snprintf(out, sizeof out, "%s %s\r\n", tag, line);
  if (SSL_write(ssl, out, n) != n) exit(1);
  return until(tag);
}

int main(int argc, char **argv) {
  if (argc != 7) { fprintf(stderr, "usage: imapdrain PORT CAFILE USER PASSWORD FOLDER headers|full\n"); return 1; }
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  if (connect(fd, (void *)&a, sizeof a)) { perror("connect"); return 1; }
  SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
  if (SSL_CTX_load_verify_locations(ctx, argv[2], NULL) != 1) { fprintf(stderr, "no CA file\n"); return 1; }
  ssl = SSL_new(ctx);
  SSL_set1_host(ssl, "localhost");
  SSL_set_fd(ssl, fd);
  if (SSL_connect(ssl) != 1) { ERR_print_errors_fp(stderr); return 1; }
  until("*");
  char line[512];
  snprintf(line, sizeof line, "LOGIN %s %s", argv[3], argv[4]); command("drain1", line);
  snprintf(line, sizeof line, "EXAMINE %s", argv[5]); command("drain2", line);
  double t = now();
  long n = command("drain3", strcmp(argv[6], "full") ? "UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM TO CC SUBJECT DATE MESSAGE-ID IN-REPLY-TO REFERENCES)])" : "UID FETCH 1:* (UID BODY.PEEK[])");
  struct rusage u; getrusage(RUSAGE_SELF, &u);
  printf("%ld octets %.3f s cpu %.3f s\n", n, now() - t, u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6);
  return 0;
}
