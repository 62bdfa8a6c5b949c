/* Holds up fsync and fdatasync of one program for a second and a half, as an overloaded disk does, while a file exists.
 *
 * Loaded with LD_PRELOAD. HELD_PROGRAM is the program's short name (others are left alone), HELD_WHILE the file that
 * switches it on, HELD_TOLD the file that is made when a sync is being held. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void hold(void) {
  const char *program = getenv("HELD_PROGRAM"), *switched = getenv("HELD_WHILE"), *told = getenv("HELD_TOLD");
  if (!program || !switched || !told || strcmp(program_invocation_short_name, program) != 0) return;
  if (access(switched, F_OK) != 0) return;
  int file = open(told, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  if (file >= 0) close(file);
  struct timespec left = {1, 500000000};
  while (nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

int fsync(int fd) {
  hold();
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  return real(fd);
}

int fdatasync(int fd) {
  hold();
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  return real(fd);
}
