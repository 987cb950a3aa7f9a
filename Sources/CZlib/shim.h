#ifndef POSTROOM_CZLIB_SHIM_H
#define POSTROOM_CZLIB_SHIM_H
#include <zlib.h>

/* Macros that Swift does not import. */
static inline int postroom_deflateInit2(z_streamp s, int level, int windowBits, int memLevel) {
  return deflateInit2(s, level, Z_DEFLATED, windowBits, memLevel, Z_DEFAULT_STRATEGY);
}
static inline int postroom_inflateInit2(z_streamp s, int windowBits) {
  return inflateInit2(s, windowBits);
}
#endif
