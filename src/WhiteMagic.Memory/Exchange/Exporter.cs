using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace WhiteMagic.Memory.Exchange;

/// <summary>Writes memories to a file, which appears whole or not at all and belongs to its user alone.</summary>
public static class Exporter
{
    private const int ProgressCount = 1000;

    // Bytes gathered before the file is written to.
    private const int BufferBytes = 128 << 10;

    /// <summary>Exports the memories of a galaxy.</summary>
    /// <exception cref="FailureException">The file exists, cannot be written, or the storage failed; no part of a file is left.</exception>
    public static ExportReport Export(IGalaxyStore store, string path, ExportOptions options)
    {
        string full = ExchangePath.Full(path);
        string format = options.Format is { } given
            ? ExchangeFormat.Check(given, ExchangeFormat.Writable)
            : ExchangeFormat.OfExtension(full) ?? throw FailureException.Invalid(
                $"format cannot be told from {Path.GetFileName(full)}; its extension is none of .jsonl, .md, .arrow", "give format: " + string.Join(", ", ExchangeFormat.Writable));
        CheckTarget(full, options.Overwrite);

        string temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.wm-export.tmp");
        bool isOurs = false;
        try
        {
            long count;
            long bytes;
            var damaged = new List<MemoryId>();
            using (FileStream stream = Create(temporary))
            {
                isOurs = true;
                count = format switch
                {
                    ExchangeFormat.Jsonl => WriteJsonLines(store, stream, options, damaged),
                    ExchangeFormat.Arrow => WriteArrow(store, stream, options, damaged),
                    _ => WriteMarkdown(store, stream, options, damaged),
                };
                stream.Flush(flushToDisk: true);
                bytes = stream.Length;
            }

            // A file that came into being meanwhile is not replaced without leave.
            CheckTarget(full, options.Overwrite);
            File.Move(temporary, full, options.Overwrite);
            isOurs = false;
            return new ExportReport(full, format, count, bytes, damaged);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExchangePath.Failure("writing", full, e);
        }
        finally
        {
            if (isOurs)
            {
                Remove(temporary);
            }
        }
    }

    private static void CheckTarget(string path, bool overwrite)
    {
        if (ExchangePath.IsFolder(path))
        {
            throw FailureException.Invalid($"{path} is a folder; give the path of a file in it, such as memories.jsonl");
        }

        if (Path.GetFileName(path).Length == 0 || !ExchangePath.IsFolder(Path.GetDirectoryName(path)!))
        {
            throw new FailureException(ErrorCode.NotFound, $"the folder of {path} does not exist", "make the folder, or give another path");
        }

        ExchangePath.DemandRegular(path);
        if (!overwrite && File.Exists(path))
        {
            throw new FailureException(ErrorCode.Conflict, $"{path} exists already", "give another path, or overwrite true to replace the file");
        }
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = BufferBytes };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // One left by a process that was killed and had our number.
        Remove(path);
        return new FileStream(path, options);
    }

    private static long WriteJsonLines(IGalaxyStore store, FileStream stream, ExportOptions options, List<MemoryId> damaged)
    {
        using Utf8JsonWriter json = JsonLines.OpenWriter(stream);
        return ReadAll(store, options, damaged, memory => JsonLines.Write(json, stream, memory));
    }

    private static long WriteMarkdown(IGalaxyStore store, FileStream stream, ExportOptions options, List<MemoryId> damaged)
    {
        using StreamWriter text = MarkdownNotes.OpenWriter(stream);
        return ReadAll(store, options, damaged, memory => MarkdownNotes.Write(text, memory));
    }

    private static long WriteArrow(IGalaxyStore store, FileStream stream, ExportOptions options, List<MemoryId> damaged)
    {
        using var file = new ArrowFile(stream);
        long count = ReadAll(store, options, damaged, file.Write);
        file.Finish();
        return count;
    }

    private static long ReadAll(IGalaxyStore store, ExportOptions options, List<MemoryId> damaged, Action<MemoryRecord> write)
    {
        long count = 0;
        bool isCancelled = false;
        store.ReadAll(options.Filter, memory =>
        {
            isCancelled = options.IsCancelled?.Invoke() == true;
            if (isCancelled)
            {
                return false;
            }

            if (memory.IsDamaged)
            {
                damaged.Add(memory.Id);
                return true;
            }

            write(memory);
            if (++count % ProgressCount == 0)
            {
                options.Progress?.Invoke(count, null, $"{count} memories written");
            }

            return true;
        });
        return isCancelled ? throw new FailureException(ErrorCode.Timeout, "the export was cancelled; no file was written", retryable: true) : count;
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays; the failure that led here, or the one that follows, says more.
        }
    }
}
