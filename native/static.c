/* Part of wmsqlite.c: what keeps a static executable small on Linux. The runtime's native part can ask the system's user database; wm never does, and the linker
   drops those functions, but not the GNU C Library's name service and DNS resolver behind them (170 KB), whose clean-up hooks it must keep.
   With the five functions defined here the library's own are never pulled in. They answer as on a system without a user database. */
#if defined(__linux__)
#include <errno.h>
#include <stddef.h>
#include <sys/types.h>

struct passwd;
struct group;

int getpwnam_r(const char* name, struct passwd* entry, char* buffer, size_t length, struct passwd** result)
{
  (void)name, (void)entry, (void)buffer, (void)length;
  *result = NULL;
  return 0;
}

int getpwuid_r(uid_t user, struct passwd* entry, char* buffer, size_t length, struct passwd** result)
{
  (void)user, (void)entry, (void)buffer, (void)length;
  *result = NULL;
  return 0;
}

int getgrgid_r(gid_t group, struct group* entry, char* buffer, size_t length, struct group** result)
{
  (void)group, (void)entry, (void)buffer, (void)length;
  *result = NULL;
  return 0;
}

int getgrouplist(const char* user, gid_t group, gid_t* groups, int* count)
{
  (void)user;
  if (*count < 1) {
    *count = 1;
    return -1;
  }
  groups[0] = group;
  return *count = 1;
}

int initgroups(const char* user, gid_t group)
{
  (void)user, (void)group;
  errno = EPERM;
  return -1;
}
#endif
