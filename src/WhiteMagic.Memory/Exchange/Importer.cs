using System;
using System.IO;
using System.Text;

namespace WhiteMagic.Memory.Exchange;

/// <summary>Brings memories in from a file, a folder or a text.</summary>
public static class Importer
{
    /// <summary>Imports a file, or every <c>.md</c>, <c>.markdown</c>, <c>.jsonl</c> and <c>.ndjson</c> file under a folder.</summary>
    /// <exception cref="FailureException">The path cannot be read, or the storage failed: the message then says how many memories were imported before.</exception>
    public static ImportReport ImportPath(string path, ImportOptions options)
    {
        string full = ExchangePath.Full(path);
        CheckFormat(options);
        if (ExchangePath.IsFolder(full))
        {
            return ImportFolder(full, options);
        }

        using FileStream stream = Open(full);
        string format = options.Format ?? ExchangeFormat.Detect(full, Head(stream, full));
        using var run = new ImportRun(options, stream.Length);
        ReadFile(run, format, stream, full, Path.GetFileName(full));
        return run.Finish();
    }

    /// <summary>Imports a text that was given in the call.</summary>
    /// <exception cref="FailureException">The text is too long, or the storage failed.</exception>
    public static ImportReport ImportData(string data, ImportOptions options)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(data);
        if (bytes.Length > Limits.ImportDataBytes)
        {
            throw FailureException.TooLarge("data", bytes.Length, Limits.ImportDataBytes, "bytes");
        }

        CheckFormat(options);
        string format = options.Format ?? ExchangeFormat.Detect(null, bytes.AsSpan(0, Math.Min(bytes.Length, ExchangeFormat.HeadBytes)));
        if (format == ExchangeFormat.Sqlite)
        {
            throw FailureException.Invalid("format sqlite cannot be given as data; give the path of the file");
        }

        using var stream = new MemoryStream(bytes, writable: false);
        using var run = new ImportRun(options, bytes.Length);
        ReadStream(run, format, stream, null);
        return run.Finish();
    }

    private static ImportReport ImportFolder(string folder, ImportOptions options)
    {
        if (options.Format == ExchangeFormat.Sqlite)
        {
            throw FailureException.Invalid("format sqlite cannot be read from a folder; give the path of one file");
        }

        var files = new FolderFiles(folder, options.Format);
        if (files.Paths.Count == 0 && files.Issues.Count == 0)
        {
            throw FailureException.Invalid($"{folder} holds no file to import; read are .md, .markdown, .jsonl and .ndjson");
        }

        using var run = new ImportRun(options, files.TotalBytes);
        foreach (ImportIssue issue in files.Issues)
        {
            run.Fail(issue);
        }

        foreach (string path in files.Paths)
        {
            run.File = Path.GetRelativePath(folder, path).Replace('\\', '/');
            try
            {
                using FileStream stream = Open(path);
                string format = options.Format ?? ExchangeFormat.Detect(path, Head(stream, path));
                ReadFile(run, format, stream, path, run.File);
            }
            catch (FailureException e) when (!run.IsBroken)
            {
                // One file that cannot be read does not keep the others out.
                run.Fail(new ImportIssue(0, e.Message));
            }
        }

        return run.Finish();
    }

    private static void ReadFile(ImportRun run, string format, FileStream stream, string path, string name)
    {
        if (format == ExchangeFormat.Sqlite)
        {
            run.ReadDatabase(path);
            return;
        }

        try
        {
            // A name has room for the end of a long path, which tells more than its beginning.
            ReadStream(run, format, stream, name.Length > Limits.NameChars ? name[^Limits.NameChars..] : name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw run.Explain(ExchangePath.Failure("reading", path, e));
        }

        run.EndFile(stream.Position);
    }

    private static void ReadStream(ImportRun run, string format, Stream stream, string? source)
    {
        run.Begin(format, stream);
        switch (format)
        {
            case ExchangeFormat.Jsonl: JsonLines.Read(stream, run.Take, run.Fail); break;
            case ExchangeFormat.ServerMemory: KnowledgeGraphFile.Read(stream, source, run.Take, run.Fail); break;
            default: MarkdownNotes.Read(stream, source, run.Take, run.Fail); break;
        }
    }

    private static void CheckFormat(ImportOptions options)
    {
        if (options.Format is { } format)
        {
            ExchangeFormat.Check(format, ExchangeFormat.Readable);
        }
    }

    private static FileStream Open(string path)
    {
        ExchangePath.DemandRegular(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExchangePath.Failure("reading", path, e);
        }
    }

    private static byte[] Head(FileStream stream, string path)
    {
        try
        {
            byte[] head = new byte[ExchangeFormat.HeadBytes];
            int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            return head.AsSpan(0, length).ToArray();
        }
        catch (IOException e)
        {
            throw ExchangePath.Failure("reading", path, e);
        }
    }
}
