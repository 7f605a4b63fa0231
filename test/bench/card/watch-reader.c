/*
 * Prints, for every card that comes to a reader or leaves it, the nanoseconds of CLOCK_MONOTONIC when SCardGetStatusChange told so,
 * and 1 or 0. Build: cc -O2 watch-reader.c -o watch-reader $(pkg-config --cflags --libs libpcsclite)
 */
#include <stdio.h>
#include <time.h>
#include <winscard.h>

int main(int count, char **words) {
  SCARDCONTEXT context;
  if (count != 2 || SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS) return 1;
  SCARD_READERSTATE state = {.szReader = words[1], .dwCurrentState = SCARD_STATE_UNAWARE};
  if (SCardGetStatusChange(context, 0, &state, 1) != SCARD_S_SUCCESS) return 1;
  puts("ready");
  fflush(stdout);
  for (;;) {
    DWORD before = state.dwEventState & SCARD_STATE_PRESENT;
    state.dwCurrentState = state.dwEventState;
    if (SCardGetStatusChange(context, INFINITE, &state, 1) != SCARD_S_SUCCESS) return 1;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    DWORD after = state.dwEventState & SCARD_STATE_PRESENT;
    if (after == before) continue;
    printf("%lld %d\n", now.tv_sec * 1000000000LL + now.tv_nsec, after != 0);
    fflush(stdout);
  }
}
