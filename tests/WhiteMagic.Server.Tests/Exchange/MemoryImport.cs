using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;

namespace WhiteMagic.Server.Tests.Exchange;

/// <summary>An import session in memory, with the store's rules: a taken id is skipped, a repeated text is reinforced.</summary>
internal sealed class MemoryImport : IImportSession
{
    private readonly HashSet<MemoryId> _ids = [];
    private readonly HashSet<(string, string?, string?)> _texts = [];
    private readonly List<MemoryDraft> _open = [];

    public List<MemoryDraft> Committed { get; } = [];

    public List<int> Batches { get; } = [];

    public int AddCount { get; private set; }

    public Func<int, FailureException?>? FailAdd { get; init; }

    public Func<int, FailureException?>? FailCommit { get; init; }

    public bool IsDisposed { get; private set; }

    public ImportOutcome Add(MemoryDraft draft)
    {
        AddCount++;
        if (FailAdd?.Invoke(AddCount) is { } failure)
        {
            throw failure;
        }

        if (draft.Id is { } id && !_ids.Add(id))
        {
            return ImportOutcome.Skipped;
        }

        if (!_texts.Add((draft.Content, draft.Speaker, draft.SessionId)))
        {
            return ImportOutcome.Reinforced;
        }

        _open.Add(draft);
        return ImportOutcome.Created;
    }

    public void Commit()
    {
        if (FailCommit?.Invoke(Batches.Count + 1) is { } failure)
        {
            throw failure;
        }

        Batches.Add(_open.Count);
        Committed.AddRange(_open);
        _open.Clear();
    }

    public void Dispose() => IsDisposed = true;
}

/// <summary>What a reader passed.</summary>
internal sealed class Gathered
{
    public List<MemoryDraft> Drafts { get; } = [];

    public List<long> Lines { get; } = [];

    public List<ImportIssue> Issues { get; } = [];

    public void Take(MemoryDraft draft, long line)
    {
        Drafts.Add(draft);
        Lines.Add(line);
    }

    public static Gathered Jsonl(byte[] bytes)
    {
        var gathered = new Gathered();
        JsonLines.Read(new MemoryStream(bytes), gathered.Take, gathered.Issues.Add);
        return gathered;
    }

    public static Gathered Jsonl(string text) => Jsonl(Encoding.UTF8.GetBytes(text));

    public static Gathered Markdown(byte[] bytes, string? source = "notes.md")
    {
        var gathered = new Gathered();
        MarkdownNotes.Read(new MemoryStream(bytes), source, gathered.Take, gathered.Issues.Add);
        return gathered;
    }

    public static Gathered Markdown(string text, string? source = "notes.md") => Markdown(Encoding.UTF8.GetBytes(text), source);

    public static Gathered Graph(string text)
    {
        var gathered = new Gathered();
        KnowledgeGraphFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "memory.jsonl", gathered.Take, gathered.Issues.Add);
        return gathered;
    }

    public MemoryDraft One()
    {
        Assert.Empty(Issues);
        return Assert.Single(Drafts);
    }

    public string OneReason()
    {
        Assert.Empty(Drafts);
        return Assert.Single(Issues).Reason;
    }
}
