// Reads a pack of mails (each a little-endian 32-bit length and its octets) with GMime 3: parses every mail, decodes
// every part, converts text to UTF-8, reads subject, addresses, date and ids. One thread; processor
// seconds.
//
// usage: gmimebench PACK ROUNDS
// prints per round: seconds; then once: mails, octets, octets of text and of other parts after decoding, addresses
#include <gmime/gmime.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t text_octets, other_octets, addresses;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static void part(GMimeObject *parent, GMimeObject *object, gpointer data) {
  (void)parent, (void)data;
  if (!GMIME_IS_PART(object)) return;
  GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *)object);
  if (!content) return;
  GByteArray *out = g_byte_array_new();
  GMimeStream *memory = g_mime_stream_mem_new_with_byte_array(out);
  GMimeContentType *type = g_mime_object_get_content_type(object);
  if (g_mime_content_type_is_type(type, "text", "*")) {
    const char *charset = g_mime_object_get_content_type_parameter(object, "charset");
    GMimeStream *filtered = g_mime_stream_filter_new(memory);
    GMimeFilter *filter = NULL;
    if (charset && g_ascii_strcasecmp(charset, "utf-8") && g_ascii_strcasecmp(charset, "us-ascii"))
      filter = g_mime_filter_charset_new(charset, "utf-8");
    if (filter) {
      g_mime_stream_filter_add((GMimeStreamFilter *)filtered, filter);
      g_object_unref(filter);
    }
    g_mime_data_wrapper_write_to_stream(content, filtered);
    g_mime_stream_flush(filtered);
    g_object_unref(filtered);
    text_octets += out->len;
  } else {
    g_mime_data_wrapper_write_to_stream(content, memory);
    other_octets += out->len;
  }
  g_object_unref(memory);
}

static void list(InternetAddressList *all) {
  if (!all) return;
  int n = internet_address_list_length(all);
  for (int i = 0; i < n; i++) {
    InternetAddress *a = internet_address_list_get_address(all, i);
    const char *name = internet_address_get_name(a);
    if (name) text_octets += 0 * strlen(name);
    if (INTERNET_ADDRESS_IS_GROUP(a))
      list(internet_address_group_get_members((InternetAddressGroup *)a));
    else if (internet_address_mailbox_get_addr((InternetAddressMailbox *)a))
      addresses++;
  }
}

static void references(GMimeMessage *message, const char *header) {
  const char *value = g_mime_object_get_header((GMimeObject *)message, header);
  if (!value) return;
  GMimeReferences *refs = g_mime_references_parse(NULL, value);
  g_mime_references_free(refs);
}

static void mail(const char *bytes, size_t length, GMimeParserOptions *options) {
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage *message = g_mime_parser_construct_message(parser, options);
  if (message) {
    (void)g_mime_message_get_subject(message);
    list(g_mime_message_get_from(message));
    list(g_mime_message_get_sender(message));
    list(g_mime_message_get_reply_to(message));
    list(g_mime_message_get_to(message));
    list(g_mime_message_get_cc(message));
    list(g_mime_message_get_bcc(message));
    (void)g_mime_message_get_date(message);
    (void)g_mime_message_get_message_id(message);
    references(message, "References");
    references(message, "In-Reply-To");
    g_mime_message_foreach(message, part, NULL);
    g_object_unref(message);
  }
  g_object_unref(parser);
  g_object_unref(stream);
}

int main(int argc, char **argv) {
  if (argc != 3) return fprintf(stderr, "usage: gmimebench PACK ROUNDS\n"), 2;
  FILE *file = fopen(argv[1], "rb");
  if (!file) return perror(argv[1]), 1;
  fseek(file, 0, SEEK_END);
  size_t size = ftell(file);
  rewind(file);
  char *pack = malloc(size);
  if (!pack || fread(pack, 1, size, file) != size) return fprintf(stderr, "cannot read\n"), 1;
  fclose(file);
  g_mime_init();
  GMimeParserOptions *options = g_mime_parser_options_new();
  uint64_t mails = 0, octets = 0;
  for (int round = atoi(argv[2]); round > 0; round--) {
    mails = octets = text_octets = other_octets = addresses = 0;
    double start = now();
    for (size_t at = 0; at + 4 <= size;) {
      uint32_t length;
      memcpy(&length, pack + at, 4);
      at += 4;
      if (length > size - at) break;
      mail(pack + at, length, options);
      at += length;
      mails++, octets += length;
    }
    printf("seconds %.4f\n", now() - start);
    fflush(stdout);
  }
  printf("mails %llu octets %llu text %llu other %llu addresses %llu\n", (unsigned long long)mails,
         (unsigned long long)octets, (unsigned long long)text_octets, (unsigned long long)other_octets,
         (unsigned long long)addresses);
}
