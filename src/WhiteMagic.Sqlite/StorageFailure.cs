using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>Turns what SQLite says into failures that name the file, the cause and what can be done.</summary>
internal static class StorageFailure
{
    private const int ErrnoNoSpace = 28;
    private const int ErrnoQuota = 122;
    private const int ErrnoReadOnlyFileSystem = 30;

    internal static FailureException From(SqliteException e, string path)
    {
        if (e.Primary == ResultCode.Full || e.Code == ResultCode.IoErrorShmSize || e.SystemError is ErrnoNoSpace or ErrnoQuota)
        {
            return new FailureException(ErrorCode.StorageFull, $"there is no space left to write {path}; nothing was changed",
                "free some space and repeat the call; reading still works", retryable: true, e);
        }

        return e.Primary switch
        {
            ResultCode.ReadOnly or ResultCode.Perm => ReadOnly(path, e),
            ResultCode.CantOpen => CannotOpen(path, e),
            ResultCode.Busy or ResultCode.Locked => new FailureException(ErrorCode.StorageBusy,
                $"another process has kept {path} locked for too long; nothing was changed", "repeat the call", retryable: true, e),
            ResultCode.Corrupt => Corrupt(path, "SQLite found a page that contradicts the others", e),
            ResultCode.NotADatabase => Corrupt(path, "it does not begin as an SQLite database does (damaged, encrypted or another kind of file)", e),
            ResultCode.Interrupt => new FailureException(ErrorCode.Timeout, "the call took too long or was cancelled; nothing was changed",
                "ask for less: a smaller limit, a narrower filter or fewer words", retryable: true, e),
            ResultCode.TooBig => new FailureException(ErrorCode.TooLarge, "a value is longer than the database allows", inner: e),
            ResultCode.IoError => new FailureException(ErrorCode.StorageCorrupt, $"reading or writing {path} failed (system error {e.SystemError})",
                "check the disk, then run: wm doctor", inner: e),
            _ => new FailureException(ErrorCode.InternalError, $"the database {path} refused an operation (SQLite code {e.Code})", "run: wm doctor", inner: e),
        };
    }

    internal static FailureException ReadOnly(string path, SqliteException? e = null) =>
        new(ErrorCode.StorageReadonly, $"{path} cannot be written (read-only file, folder or medium); nothing was changed",
            "give the file and its folder write permission; reading still works", inner: e);

    internal static FailureException Corrupt(string path, string finding, SqliteException? e = null) =>
        new(ErrorCode.StorageCorrupt, $"{path} is damaged: {finding}; it was left as it is", "run: wm doctor", inner: e);

    internal static FailureException Foreign(string path, string galaxy, string finding) =>
        new(ErrorCode.StorageForeign, $"{path} is not a database of this WhiteMagic: {finding}; it was left as it is",
            $"wm init{(galaxy == GalaxyName.Default ? "" : " --galaxy " + galaxy)} moves it to backups/ and imports what an earlier WhiteMagic stored in it");

    internal static FailureException Newer(string path, long found, long known) =>
        new(ErrorCode.StorageNewer, $"{path} has schema {found}, and this wm knows schemas up to {known}; it was left as it is", "use the newer wm");

    internal static FailureException Older(string path, long found, long known) =>
        new(ErrorCode.StorageReadonly, $"{path} has schema {found} and must become {known} before it is used, which this process may not do; it was left as it is",
            "run wm status once, without --read-only and where the file can be written; the old file is copied to backups/ first");

    internal static FailureException Missing(string path, string finding) =>
        new(ErrorCode.StorageMissing, $"{path} is not there: {finding}",
            $"put the file back, or choose another root with --state-root or another galaxy; to begin anew, remove {DatabaseMark.PathFor(path)} too and restart");

    private static FailureException CannotOpen(string path, SqliteException e) =>
        e.SystemError == ErrnoReadOnlyFileSystem
            ? ReadOnly(path, e)
            : new FailureException(ErrorCode.PermissionDenied, $"{path} cannot be opened (system error {e.SystemError})",
                "check that this user may read and write the file and its folder", inner: e);
}
