using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;

namespace WhiteMagic.Tools.Defining;

/// <summary>What a handler works with: the arguments, the galaxy, the permit, and the answer that it writes.</summary>
public sealed class Call
{
    // The line that carries an answer stays below 4 MiB; the envelope and the other members take their share.
    private const int MostAnswerLineBytes = Wire.MaxResponseBytes - (128 << 10);

    private readonly ArrayBufferWriter<byte> _ids = new();
    private readonly ArrayBufferWriter<byte> _item = new();
    private IGalaxyStore? _galaxy;
    private List<MemoryId>? _damaged;
    private long _lineBytes;

    /// <summary>The arguments.</summary>
    public required Arguments Arguments { get; init; }

    /// <summary>The offer's program: galaxies, session state, clock.</summary>
    public required Workplace Workplace { get; init; }

    /// <summary>The name of the galaxy that the call works on.</summary>
    public required string GalaxyName { get; init; }

    /// <summary>Who asks.</summary>
    public required Caller Caller { get; init; }

    /// <summary>Rules on the parts of the deed, such as each memory of an import.</summary>
    public required Governor Governor { get; init; }

    /// <summary>Leave to do what the tool declares.</summary>
    public required Permit Permit { get; init; }

    /// <summary>Where the members of the answer are written; the object is open.</summary>
    public required Utf8JsonWriter Json { get; init; }

    /// <summary>The galaxy that the call works on.</summary>
    public IGalaxyStore Galaxy
    {
        get
        {
            if (_galaxy is null)
            {
                _galaxy = Workplace.Galaxies.Open(GalaxyName);
                _galaxy.Bound(Workplace.QueryLimit, Caller.IsWithdrawn);
            }

            return _galaxy;
        }
    }

    /// <summary>Lifts the bound that the call put on its galaxy: what follows is not this call's time.</summary>
    internal void Release() => _galaxy?.Bound(null, null);

    /// <summary>The value of a parameter.</summary>
    public T Get<T>(Param<T> param) => Arguments.Get(param);

    /// <summary>Names a memory that the call gave to the caller, for the ledger entry.</summary>
    public void Name(MemoryId id)
    {
        id.Write(_ids.GetSpan(MemoryId.Bytes));
        _ids.Advance(MemoryId.Bytes);
    }

    /// <summary>Names a memory that the caller asked for by its id, and counts the access.</summary>
    public void Touch(MemoryId id)
    {
        Name(id);
        Galaxy.NoteAccess(id);
    }

    /// <summary>Whether a memory that was read is damaged, and so must be left out of the answer, which then names it.</summary>
    public bool LeavesOut(MemoryRecord memory)
    {
        if (memory.IsDamaged && _damaged?.Contains(memory.Id) != true)
        {
            (_damaged ??= []).Add(memory.Id);
        }

        return memory.IsDamaged;
    }

    /// <summary>Memories that were left out because they are damaged; null when there were none.</summary>
    internal IReadOnlyList<MemoryId>? Damaged => _damaged;

    /// <summary>The named memories, 16 bytes each.</summary>
    internal ReadOnlySpan<byte> NamedIds => _ids.WrittenSpan;

    /// <summary>
    /// Writes one item of the open array, unless the line that carries the answer would become too long; false when it would, and then
    /// nothing is written. The first item of a call always fits: no memory's window is longer than half of a line.
    /// </summary>
    public bool TryAppend(Action<Utf8JsonWriter> write)
    {
        _item.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_item, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            write(json);
        }

        // Sent twice: once as it is, once inside a string, where each quote and backslash takes two bytes.
        ReadOnlySpan<byte> item = _item.WrittenSpan;
        long bytes = (2L * item.Length) + item.Count((byte)'"') + item.Count((byte)'\\');
        if (_lineBytes + bytes > MostAnswerLineBytes && _lineBytes > 0)
        {
            return false;
        }

        _lineBytes += bytes;
        Json.WriteRawValue(item, skipInputValidation: true);
        return true;
    }
}

/// <summary>Who asks, over whichever transport.</summary>
public sealed class Caller
{
    /// <summary>Client name and version; <c>cli</c> for the command line.</summary>
    public required string Agent { get; init; }

    /// <summary>Whether a switch of galaxy may hold for the following calls (legacy stdio and nothing else).</summary>
    public bool HasConnectionState { get; init; }

    /// <summary>Whether it may make rules looser: a person at the command line may.</summary>
    public bool MayRelax { get; init; }

    /// <summary>Tells whether the caller has withdrawn the call; null when a caller cannot.</summary>
    public Func<bool>? IsWithdrawn { get; init; }

    /// <summary>Where progress goes; null when nobody wants it.</summary>
    public IProgressSink? Progress { get; init; }
}
