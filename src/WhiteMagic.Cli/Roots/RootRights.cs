using System;
using System.Globalization;
using System.IO;
using WhiteMagic.Cli.Platform;
using WhiteMagic.Memory;

namespace WhiteMagic.Cli.Roots;

/// <summary>A root is used only when it belongs to its user alone: else others could plant memories or rules.</summary>
internal static class RootRights
{
    // Type and permission bits of a mode, as POSIX numbers them.
    private const int TypeMask = 0xF000;
    private const int FolderType = 0x4000;
    private const int OthersMayWrite = 0x12;
    private const int OwnerMayUse = 0x140;
    private const int PermissionMask = 0xFFF;

    /// <summary>Throws unless the root is absent, or a folder that belongs to this user and that nobody else may write.</summary>
    /// <exception cref="FailureException">It is refused; the message says why and what to do.</exception>
    internal static void Check(string root)
    {
        if (!FileStatus.TryGetRights(root, out int mode, out uint owner))
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

        Check(root, mode, owner, FileStatus.EffectiveUser());
    }

    /// <summary>Judges a folder by its mode and owner.</summary>
    /// <exception cref="FailureException">It is refused.</exception>
    internal static void Check(string root, int mode, uint owner, uint user)
    {
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

        // Rights do not bind the superuser.
        if (user != 0 && (mode & OwnerMayUse) != OwnerMayUse)
        {
            throw new FailureException(ErrorCode.PermissionDenied,
                $"the state root {root} may not be read by its owner (mode {Convert.ToString(mode & PermissionMask, 8)})", $"run: chmod u+rwx '{root}'");
        }
    }

    private static FailureException NoFolder(string root) =>
        new(ErrorCode.InvalidParams, $"the state root {root} is not a folder", "choose another with --state-root");
}
