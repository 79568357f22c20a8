using System;
using System.Buffers.Binary;
using System.Text;
using WhiteMagic.Kernels.EventRing;

namespace WhiteMagic.Governance.Harmony;

/// <summary>How one call ended, as it stands in the event ring.</summary>
public sealed class CallEvent
{
    /// <summary>The type of these events.</summary>
    public const int Type = 1;

    private const int EffectAt = 0;
    private const int OutcomeLengthAt = 1;
    private const int ToolLengthAt = 2;
    private const int ChangedAt = 4;
    private const int DurationAt = 8;
    private const int ToolAt = 16;
    private const int MostTool = 36;
    private const int OutcomeAt = ToolAt + MostTool;
    private const int MostOutcome = SharedRing.DataBytes - OutcomeAt;

    private const int TypeWord = 8;
    private const int TimestampWord = 24;
    private const int ScoreWord = 32;
    private const int DataWord = 48;
    private const long NsOfMs = 1_000_000;

    /// <summary>When the call ended, milliseconds since 1970-01-01 UTC.</summary>
    public required long TimeMs { get; init; }

    /// <summary>The tool's name, at most 36 bytes of it.</summary>
    public required string Tool { get; init; }

    /// <summary>What it declared.</summary>
    public required Effect Effect { get; init; }

    /// <summary><c>ok</c> or an error code.</summary>
    public required string Outcome { get; init; }

    /// <summary>Score of the ruling, 0..1.</summary>
    public required double Score { get; init; }

    /// <summary>Microseconds.</summary>
    public required long DurationUs { get; init; }

    /// <summary>Memory rows changed.</summary>
    public required int Changed { get; init; }

    /// <summary>Whether governance refused it, or its arguments were wrong: nothing failed.</summary>
    public bool IsRefused => Outcome is "withdrawn" or "invalid_params" or "not_found" or "conflict" or "too_large"
        || (Outcome != Outcomes.StageFailed && Outcomes.IsRefusal(Outcome));

    /// <summary>Whether it failed.</summary>
    public bool IsError => Outcome != Outcomes.Ok && !IsRefused;

    /// <summary>Publishes the event.</summary>
    public void Publish(in SharedRing ring)
    {
        Span<byte> data = stackalloc byte[SharedRing.DataBytes];
        data.Clear();
        data[EffectAt] = (byte)Effect;
        data[ToolLengthAt] = (byte)Write(Tool, data.Slice(ToolAt, MostTool));
        data[OutcomeLengthAt] = (byte)Write(Outcome, data.Slice(OutcomeAt, MostOutcome));
        BinaryPrimitives.WriteInt32LittleEndian(data[ChangedAt..], Changed);
        BinaryPrimitives.WriteInt64LittleEndian(data[DurationAt..], DurationUs);
        ring.Publish(Type, (ulong)Tool.Length, TimeMs * NsOfMs, Math.Clamp(Score, 0, 1), data);
    }

    /// <summary>Reads an event as it was copied from the ring; null when it is of another type or makes no sense.</summary>
    public static CallEvent? Read(ReadOnlySpan<byte> slot)
    {
        ReadOnlySpan<byte> data = slot[DataWord..];
        if (BinaryPrimitives.ReadInt64LittleEndian(slot[TypeWord..]) != Type || data[EffectAt] is 0 or > 4 || data[ToolLengthAt] > MostTool || data[OutcomeLengthAt] > MostOutcome)
        {
            return null;
        }

        return new CallEvent
        {
            TimeMs = BinaryPrimitives.ReadInt64LittleEndian(slot[TimestampWord..]) / NsOfMs,
            Tool = Encoding.UTF8.GetString(data.Slice(ToolAt, data[ToolLengthAt])),
            Effect = (Effect)data[EffectAt],
            Outcome = Encoding.UTF8.GetString(data.Slice(OutcomeAt, data[OutcomeLengthAt])),
            Score = BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(slot[ScoreWord..])),
            DurationUs = BinaryPrimitives.ReadInt64LittleEndian(data[DurationAt..]),
            Changed = BinaryPrimitives.ReadInt32LittleEndian(data[ChangedAt..]),
        };
    }

    private static int Write(string text, Span<byte> to)
    {
        int chars = Math.Min(text.Length, to.Length);
        while (Encoding.UTF8.GetByteCount(text.AsSpan(0, chars)) > to.Length)
        {
            chars--;
        }

        return Encoding.UTF8.GetBytes(text.AsSpan(0, chars), to);
    }
}
