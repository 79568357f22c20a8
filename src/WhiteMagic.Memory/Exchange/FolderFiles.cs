using System;
using System.Collections.Generic;
using System.IO;

namespace WhiteMagic.Memory.Exchange;

/// <summary>
/// The files of a folder that an import reads: sorted by name, folders among them. Links are not followed, so nothing outside the folder is
/// read; what begins with a dot is left alone.
/// </summary>
internal sealed class FolderFiles
{
    private readonly string _root;
    private readonly string? _format;

    public FolderFiles(string root, string? format)
    {
        _root = root;
        _format = format;
        Gather(new DirectoryInfo(root));
    }

    public List<string> Paths { get; } = [];

    /// <summary>What was found and cannot be read.</summary>
    public List<ImportIssue> Issues { get; } = [];

    public long TotalBytes { get; private set; }

    private void Gather(DirectoryInfo folder)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = folder.GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            FailureException failure = ExchangePath.Failure("reading", folder.FullName, e);
            if (folder.FullName == _root)
            {
                throw failure;
            }

            Fail(folder, failure.Message);
            return;
        }

        Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (FileSystemInfo entry in entries)
        {
            bool isFolder = entry is DirectoryInfo;
            if (entry.Name.StartsWith('.') || (!isFolder && !IsWanted(entry.Name)))
            {
                continue;
            }

            if ((entry.Attributes & FileAttributes.ReparsePoint) != 0)
            {
                Fail(entry, "it is a symbolic link, which an import of a folder does not follow; import what it leads to by its own path");
            }
            else if (isFolder)
            {
                Gather((DirectoryInfo)entry);
            }
            else
            {
                Paths.Add(entry.FullName);
                TotalBytes += ((FileInfo)entry).Length;
            }
        }
    }

    private bool IsWanted(string name)
    {
        string? format = Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".md" or ".markdown" => ExchangeFormat.Markdown,
            ".jsonl" or ".ndjson" => ExchangeFormat.Jsonl,
            _ => null,
        };
        return format is not null && (_format is null || (_format == ExchangeFormat.Markdown) == (format == ExchangeFormat.Markdown));
    }

    private void Fail(FileSystemInfo entry, string reason) =>
        Issues.Add(new ImportIssue(0, reason, Path.GetRelativePath(_root, entry.FullName).Replace('\\', '/')));
}
