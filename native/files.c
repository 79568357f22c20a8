/* Part of wmsqlite.c: a parent may start us with standard input, output or error closed. The first file that the runtime opens, its source of
   randomness, would then get that number and be taken for what the client says. An empty file stands in before anything else runs. */
#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>

__attribute__((constructor)) static void open_standard_files(void)
{
  for (int file = 0; file < 3; file++) {
    if (fcntl(file, F_GETFD) < 0 && open("/dev/null", O_RDWR) < 0) return;
  }
}
#endif
