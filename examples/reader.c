/* A small reader of NBFTs, to be tried by `nbft corpus --run './reader {}'`. With the header of `nbft structures -o c > nbft.h`:
 * cc -I. -o reader reader.c. It exits with 1 where no reader may use the table, and prints what it read as JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "nbft.h"

static uint8_t table[1 << 20];
static size_t size;

static void need(int sound, const char *what) {
	if (sound) return;
	fprintf(stderr, "not a usable NBFT: %s\n", what);
	exit(1);
}

/* A list inside the table, whose entries are not shorter than their structure. */
static const uint8_t *list(uint32_t offset, uint16_t length, unsigned count, size_t least, const char *what) {
	need(count == 0 || (offset && length >= least && offset <= size && (uint64_t)length * count <= size - offset), what);
	return table + offset;
}

int main(int argc, char **argv) {
	FILE *file = argc > 1 ? fopen(argv[1], "rb") : stdin;
	need(file != NULL, "no such file");
	size_t there = fread(table, 1, sizeof table, file);
	const struct nbft_header *header = (const void *)table;
	need(there >= 128 && !memcmp(table, "NBFT", 4) && header->major_revision == 1, "header");
	size = header->length;
	need(size >= 128 && size <= there, "length");
	uint8_t sum = 0;
	for (size_t i = 0; i < size; i++) sum += table[i];
	need(sum == 0, "checksum");
	uint64_t heap = header->heap_offset, heap_end = heap + header->heap_length;
	need(heap_end <= size, "heap");
	const struct nbft_control_descriptor *c = (const void *)(table + 64);
	need(c->structure_id == 1, "control descriptor");
	if (!(c->flags & NBFT_CONTROL_DESCRIPTOR_FLAGS_VALID)) {
		printf("{\"header\": {\"minorRevision\": %u}, \"hfi\": [], \"ssns\": []}\n", header->minor_revision);
		return 0;
	}
	const struct nbft_host_descriptor *host = (const void *)list(c->host_offset, c->host_length, 1, sizeof *host, "host");
	need(host->structure_id == 2 && host->flags & NBFT_HOST_DESCRIPTOR_FLAGS_VALID, "host");
	uint64_t nqn = host->host_nqn.offset, nqn_end = nqn + host->host_nqn.length;
	need(nqn >= heap && nqn < nqn_end && nqn_end <= heap_end && memchr(table + nqn, 0, nqn_end - nqn + (nqn_end < size)),
		"host NQN");
	const uint8_t *hfi = list(c->hfi_offset, c->hfi_length, c->hfi_count, sizeof(struct nbft_hfi_descriptor), "HFIs");
	const uint8_t *ssns = list(c->ssns_offset, c->ssns_length, c->ssns_count, sizeof(struct nbft_ssns_descriptor), "SSNS");
	list(c->security_offset, c->security_length, c->security_count, sizeof(struct nbft_security_profile_descriptor), "security");
	list(c->discovery_offset, c->discovery_length, c->discovery_count, sizeof(struct nbft_discovery_descriptor), "discovery");
	printf("{\"header\": {\"minorRevision\": %u}, \"host\": {\"hostId\": \"", header->minor_revision);
	for (int i = 0; i < 16; i++) printf("%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", host->host_id[i]);
	printf("\"}, \"hfi\": [");
	for (unsigned i = 0; i < c->hfi_count; i++, hfi += c->hfi_length)
		printf("%s{\"index\": %u}", i ? ", " : "", ((const struct nbft_hfi_descriptor *)(const void *)hfi)->index);
	printf("], \"ssns\": [");
	for (unsigned i = 0; i < c->ssns_count; i++, ssns += c->ssns_length) {
		const struct nbft_ssns_descriptor *entry = (const void *)ssns;
		printf("%s{\"index\": %u, \"subsysPortId\": %u, \"nsid\": %u, \"primaryHfi\": %u, \"securityIndex\": %u}", i ? ", " : "",
			entry->index, entry->subsys_port_id, entry->nsid, entry->primary_hfi, entry->security_index);
	}
	puts("]}");
}
