using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace WhiteMagic.Memory.Exchange;

/// <summary>Paths that users give for import and export, and what the system says about them in our words.</summary>
public static class ExchangePath
{
    // Type bits of a file's mode, as POSIX numbers them.
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;

    // From errno.h: the same on Linux and macOS, but for the quota.
    private const int Exists = 17;
    private const int NoSpace = 28;
    private const int FileTooBig = 27;
    private const int ReadOnlySystem = 30;
    private const int QuotaLinux = 122;
    private const int QuotaMac = 69;

    // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL and ERROR_ALREADY_EXISTS of Windows as HRESULT.
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskFull = unchecked((int)0x80070070);
    private const int AlreadyExists = unchecked((int)0x800700B7);

    /// <summary>The absolute path.</summary>
    /// <exception cref="FailureException">The text is no path.</exception>
    public static string Full(string path)
    {
        if (path.Length == 0 || path.Contains('\0'))
        {
            throw FailureException.Invalid("path is empty or holds a NUL character; give the path of a file");
        }

        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(ErrorCode.NotFound, $"path {path} is relative to the folder that wm was started in, which is gone", "give an absolute path", inner: e);
        }
    }

    /// <summary>Throws unless the path is a regular file: a device or a pipe may never end.</summary>
    public static void DemandRegular(string path)
    {
        if (TypeOf(path) is not (Regular or 0))
        {
            throw FailureException.Invalid($"{path} is not a regular file; devices, pipes and sockets are not read or written");
        }
    }

    /// <summary>Says in our words what the system answered to an operation on a file.</summary>
    /// <param name="operation">Such as <c>reading</c>.</param>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the system answered.</param>
    public static FailureException Failure(string operation, string path, Exception cause) => cause switch
    {
        FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException =>
            new FailureException(ErrorCode.NotFound, $"{operation} {path}: there is no such file or folder", "a path is taken relative to the folder that wm was started in", inner: cause),
        UnauthorizedAccessException =>
            new FailureException(ErrorCode.PermissionDenied, $"{operation} {path}: this user may not do that", "check the owner and mode of the file and its folders", inner: cause),
        PathTooLongException =>
            new FailureException(ErrorCode.InvalidParams, $"{operation}: the path has {path.Length} characters, more than the system takes", inner: cause),
        _ => cause.HResult switch
        {
            NoSpace or QuotaLinux or QuotaMac or FileTooBig or DiskFull or HandleDiskFull =>
                new FailureException(ErrorCode.StorageFull, $"{operation} {path}: there is no space left for it", "free space, or choose another folder", retryable: true, inner: cause),
            Exists or AlreadyExists =>
                new FailureException(ErrorCode.Conflict, $"{path} exists already", "move it away, or give another path", inner: cause),
            ReadOnlySystem =>
                new FailureException(ErrorCode.StorageReadonly, $"{operation} {path}: its file system is read-only", "choose another folder", inner: cause),
            _ => new FailureException(ErrorCode.InternalError, $"{operation} {path}: the system answered with error {cause.HResult & 0xFFFF}", "the disk may be damaged or away", retryable: true, inner: cause),
        },
    };

    /// <summary>Throws when a file would lie in the state root, by whatever way its path leads there: everything in it belongs to the store.</summary>
    public static void DemandOutside(string path, string root)
    {
        if (IsInside(Path.GetDirectoryName(Full(path)) ?? path, Path.GetFullPath(root)))
        {
            throw FailureException.Invalid($"path {path} is inside the state root {root}, where every file belongs to the store; allowed: any folder outside of it");
        }
    }

    private static bool IsInside(string folder, string root)
    {
        if (OperatingSystem.IsWindows())
        {
            return (folder + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);
        }

        // By device and number, folder for folder upwards: links and mounts show one folder under several names.
        (long, long)? wanted = NumberOf(root);
        (long, long)? before = null;
        for (string at = folder; wanted is not null && NumberOf(at) is { } number && number != before; at += "/..")
        {
            if (number == wanted)
            {
                return true;
            }

            before = number;
        }

        return false;
    }

    private static (long Device, long Number)? NumberOf(string path)
    {
        const int DeviceAt = 22;
        const int NumberAt = 26;
        Span<int> status = stackalloc int[64];
        byte[] name = Encoding.UTF8.GetBytes(path + "\0");
        return SystemNativeStat(ref name[0], ref status[0]) == 0
            ? (MemoryMarshal.Read<long>(MemoryMarshal.AsBytes(status[DeviceAt..])), MemoryMarshal.Read<long>(MemoryMarshal.AsBytes(status[NumberAt..])))
            : null;
    }

    // The type bits of what the path leads to; 0 when they cannot be known.
    private static int TypeOf(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return 0;
        }

        Span<int> status = stackalloc int[64];
        byte[] name = Encoding.UTF8.GetBytes(path + "\0");
        return SystemNativeStat(ref name[0], ref status[0]) == 0 ? status[1] & TypeMask : 0;
    }

    /// <summary>Whether the path leads to a folder.</summary>
    internal static bool IsFolder(string path) => OperatingSystem.IsWindows() ? Directory.Exists(path) : TypeOf(path) == Folder;

    // .NET 9 has no call that tells a pipe from a file without opening it, and opening a pipe waits for its writer. This is the stat that the
    // framework's own file classes call; its answer has four 32-bit numbers (flags, mode, owner, group), then 64-bit ones (size, four times of
    // two numbers each, device, special device, number of the file, …), 120 bytes in all.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    private static extern int SystemNativeStat(ref byte path, ref int status);
}
