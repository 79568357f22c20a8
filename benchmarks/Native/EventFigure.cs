using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using WhiteMagic.Kernels.EventRing;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>Publishing events of 80 bytes, and reading back what was published.</summary>
internal static unsafe class EventFigure
{
    private const int Rounds = 301;
    private const int Repetitions = 5000;
    private const int Checked = 1000;

    public static void Run(Report report)
    {
        void* memory = NativeMemory.AlignedAlloc(SharedRing.Bytes, 128);
        NativeMemory.Clear(memory, SharedRing.Bytes);
        report.Check(SharedRing.Attach(memory, SharedRing.Bytes, out SharedRing ring) == 0, "the ring was not opened");
        byte[] data = new byte[SharedRing.DataBytes];
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = (byte)i;
        }

        long last = 0;
        long published = 0;
        double[] medians = Native.Rounds.MedianNs(Rounds, Repetitions, _ =>
        {
            for (int i = 0; i < Repetitions; i++)
            {
                last = ring.Publish(9, 0x5EED, i, 1, data);
            }

            published += Repetitions;
        });
        report.Add("publish_ns", medians[0]);
        report.Check(last == published, $"the last of {published} events has sequence {last}");
        CheckEvents(report, ring, data, last);
        NativeMemory.AlignedFree(memory);
    }

    private static void CheckEvents(Report report, SharedRing ring, byte[] data, long last)
    {
        int consumer = ring.Subscribe(0);
        for (int i = 0; i < Checked; i++)
        {
            ring.Publish(9, 0x5EED, i, 1, data);
        }

        byte[] events = new byte[Checked * SharedRing.SlotBytes];
        int count = ring.Poll(consumer, events, 0);
        report.Check(count == Checked, $"{count} events came of {Checked}");
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> one = events.AsSpan(i * SharedRing.SlotBytes, SharedRing.SlotBytes);
            bool isRight = BinaryPrimitives.ReadInt64LittleEndian(one) == last + 1 + i && one[^SharedRing.DataBytes..].SequenceEqual(data);
            report.Check(isRight, $"event {i} is not what was published");
        }
    }
}
