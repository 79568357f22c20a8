using System;
using System.IO;
using WhiteMagic.Memory;

namespace WhiteMagic.Sqlite;

/// <summary>Turns errors of the file system into failures that name the file and the cause.</summary>
internal static class FileFailure
{
    private const int ErrnoNoSpace = 28;
    private const int ErrnoNoFolder = 20;
    private const int ErrnoQuota = 122;
    private const int ErrnoReadOnlyFileSystem = 30;

    internal static FailureException From(Exception e, string path) => e switch
    {
        UnauthorizedAccessException => new FailureException(ErrorCode.PermissionDenied, $"this user may not use {path}", "check the rights of the file and its folder", inner: e),
        _ when (e.HResult & 0xffff) is ErrnoNoSpace or ErrnoQuota => new FailureException(ErrorCode.StorageFull, $"there is no space left to write {path}; nothing was changed",
            "free some space and repeat the call", retryable: true, e),
        _ when (e.HResult & 0xffff) == ErrnoReadOnlyFileSystem => StorageFailure.ReadOnly(path),
        _ when (e.HResult & 0xffff) == ErrnoNoFolder => StorageFailure.Missing(path, "a part of its path is a file, not a folder"),
        DirectoryNotFoundException or FileNotFoundException => StorageFailure.Missing(path, "the file or its folder is gone"),
        _ => new FailureException(ErrorCode.StorageReadonly, $"{path} cannot be used (system error {e.HResult & 0xffff})", "check the disk and the rights of the folder", inner: e),
    };
}
