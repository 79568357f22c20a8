using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Runtime.InteropServices;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Roots;

/// <summary>A root is used only when it belongs to its user alone: else others could plant memories or rules.</summary>
internal static partial class RootRights
{
    // Type and permission bits of a mode, as POSIX numbers them.
    private const int TypeMask = 0xF000;
    private const int FolderType = 0x4000;
    private const int OthersMayWrite = 0x12;
    private const int PermissionMask = 0xFFF;

    /// <summary>Throws unless the root is absent, or a folder that belongs to this user and that nobody else may write.</summary>
    /// <exception cref="FailureException">It is refused; the message says why and what to do.</exception>
    internal static void Check(string root)
    {
        if (OperatingSystem.IsWindows() || !TryStat(root, out int mode, out uint owner))
        {
            if (File.Exists(root))
            {
                throw NoFolder(root);
            }

            return;
        }

        if ((mode & TypeMask) != FolderType)
        {
            throw NoFolder(root);
        }

        uint user = EffectiveUser();
        if (owner != user)
        {
            throw new FailureException(ErrorCode.PermissionDenied,
                string.Create(CultureInfo.InvariantCulture, $"the state root {root} belongs to another user (owner {owner}, this process runs as {user}); it is not used"),
                "run wm as its owner, or choose another root with --state-root");
        }

        if ((mode & OthersMayWrite) != 0)
        {
            throw new FailureException(ErrorCode.PermissionDenied,
                $"the state root {root} may be written by others (mode {Convert.ToString(mode & PermissionMask, 8)}); it is not used", $"run: chmod go-w '{root}'");
        }
    }

    private static FailureException NoFolder(string root) =>
        new(ErrorCode.InvalidParams, $"the state root {root} is not a folder", "choose another with --state-root");

    private static bool TryStat(string path, out int mode, out uint owner)
    {
        const int StatusInts = 64;
        Span<int> status = stackalloc int[StatusInts];
        byte[] name = Encoding.UTF8.GetBytes(path + "\0");
        bool found = Stat(ref name[0], ref status[0]) == 0;
        mode = status[1];
        owner = (uint)status[2];
        return found;
    }

    // The stat of the framework's own file classes: its answer has the same form on every Unix. It begins with four 32-bit numbers, flags,
    // mode, owner and group, and is shorter than the 256 bytes given.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    private static partial int Stat(ref byte path, ref int status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_GetEUid")]
    private static partial uint EffectiveUser();
}
