#ifndef POSTROOM_COPENSSL_SHIM_H
#define POSTROOM_COPENSSL_SHIM_H
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* Macros that Swift does not import are wrapped here; no logic. */
static inline long postroom_SSL_CTX_set_mode(SSL_CTX *c, long m) { return SSL_CTX_set_mode(c, m); }
static inline int postroom_SSL_CTX_set_min_proto_version(SSL_CTX *c, int v) { return SSL_CTX_set_min_proto_version(c, v); }
static inline long postroom_SSL_set_tlsext_host_name(SSL *s, const char *n) { return SSL_set_tlsext_host_name(s, n); }
static inline long postroom_SSL_CTX_set_session_cache_mode(SSL_CTX *c, long m) { return SSL_CTX_set_session_cache_mode(c, m); }

/* SSL_OP_* are 64-bit masks made by a macro with a cast. */
static inline unsigned long long postroom_SSL_CTX_harden(SSL_CTX *c) {
  return SSL_CTX_set_options(c, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
}

static inline void postroom_SSL_CTX_no_tickets(SSL_CTX *c) { SSL_CTX_set_options(c, SSL_OP_NO_TICKET); }

static inline void postroom_GENERAL_NAMES_free(GENERAL_NAMES *names) { GENERAL_NAMES_free(names); }
static inline int postroom_GENERAL_NAMES_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline const GENERAL_NAME *postroom_GENERAL_NAMES_at(const GENERAL_NAMES *names, int i) {
  return sk_GENERAL_NAME_value(names, i);
}
/* The string inside a general name of a string or octet kind; the kind goes to *type. */
static inline const ASN1_STRING *postroom_GENERAL_NAME_string(const GENERAL_NAME *name, int *type) {
  return (const ASN1_STRING *)GENERAL_NAME_get0_value(name, type);
}
#endif
