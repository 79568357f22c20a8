using System;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.ArrowWriter;

/// <summary>The exports of arrow_writer.wasm: one file at a time. See docs/modules/arrow_writer.md.</summary>
public static unsafe class ArrowExports
{
    private static ArrowFileWriter _writer;

    /// <summary>Starts a file; one that was not finished is dropped, and so are bytes that were not drained.</summary>
    [WasmExport("arrow_begin")]
    public static int Begin() => _writer.Begin();

    /// <summary>Adds the row packed at <paramref name="row"/>.</summary>
    [WasmExport("arrow_add")]
    public static int Add(byte* row, int bytes)
    {
        if (bytes < ArrowRow.HeadBytes)
        {
            return KernelError.InvalidArgument;
        }

        if (!KernelMemory.IsInside(row, (uint)bytes))
        {
            return KernelError.OutOfRange;
        }

        // SAFETY: the bytes were just checked to lie inside memory that was allocated.
        return ArrowRow.TryUnpack(new ReadOnlySpan<byte>(row, bytes), out ArrowRow unpacked) ? _writer.Add(unpacked) : KernelError.OutOfRange;
    }

    /// <summary>Writes the rows added so far as a batch.</summary>
    [WasmExport("arrow_flush_batch")]
    public static int FlushBatch() => _writer.FlushBatch();

    /// <summary>Writes the end of the file.</summary>
    [WasmExport("arrow_finish")]
    public static int Finish() => _writer.Finish();

    /// <summary>Where the bytes are that wait to be taken; valid until the next call of the module.</summary>
    [WasmExport("arrow_output")]
    public static byte* Output() => _writer.OutputStart;

    /// <summary>How many bytes wait to be taken.</summary>
    [WasmExport("arrow_output_bytes")]
    public static int OutputBytes() => _writer.Output.Length;

    /// <summary>Says that the waiting bytes have been taken; returns how many they were.</summary>
    [WasmExport("arrow_drain")]
    public static int Drain()
    {
        int bytes = _writer.Output.Length;
        _writer.Drain();
        return bytes;
    }
}
