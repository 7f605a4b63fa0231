/*
 * The least that a sign-in costs on this card and reader: connects once, then, for every line of standard input that
 * holds APDUs in hexadecimal separated by blanks, sends them in one transaction and prints the microseconds that took
 * and the last status word. An answer 61xx is followed by GET RESPONSE, as every client must.
 * Build: cc -O2 raw-card.c -o raw-card $(pkg-config --cflags --libs libpcsclite)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <winscard.h>

static SCARDHANDLE card;
static const SCARD_IO_REQUEST *protocol;
static BYTE answer[66000];

static void must(LONG code, const char *what) {
  if (code == SCARD_S_SUCCESS) return;
  fprintf(stderr, "raw-card: %s: 0x%08lx\n", what, (unsigned long)code);
  exit(1);
}

static unsigned transmit(const BYTE *command, DWORD length) {
  DWORD got = sizeof answer;
  must(SCardTransmit(card, protocol, command, length, NULL, answer, &got), "transmit");
  if (got < 2) exit(1);
  unsigned status = (unsigned)answer[got - 2] << 8 | answer[got - 1];
  while (status >> 8 == 0x61) {
    BYTE more[5] = {0x00, 0xc0, 0x00, 0x00, (BYTE)(status & 0xff)};
    got = sizeof answer;
    must(SCardTransmit(card, protocol, more, sizeof more, NULL, answer, &got), "get response");
    status = (unsigned)answer[got - 2] << 8 | answer[got - 1];
  }
  return status;
}

static double microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

int main(int count, char **words) {
  if (count != 2) {
    fprintf(stderr, "raw-card READER < lines of APDUs\n");
    return 2;
  }
  SCARDCONTEXT context;
  DWORD active;
  must(SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context), "context");
  must(SCardConnect(context, words[1], SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card, &active), "connect");
  protocol = active == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
  static char line[40000];
  while (fgets(line, sizeof line, stdin) != NULL) {
    double begin = microseconds();
    must(SCardBeginTransaction(card), "begin");
    unsigned status = 0;
    for (char *word = strtok(line, " \n"); word != NULL; word = strtok(NULL, " \n")) {
      static BYTE command[20000];
      DWORD length = strlen(word) / 2;
      for (DWORD at = 0; at < length; at++) sscanf(word + 2 * at, "%2hhx", &command[at]);
      status = transmit(command, length);
    }
    must(SCardEndTransaction(card, SCARD_LEAVE_CARD), "end");
    printf("%.0f %04x\n", microseconds() - begin, status);
    fflush(stdout);
  }
  SCardDisconnect(card, SCARD_RESET_CARD);
  SCardReleaseContext(context);
  return 0;
}
