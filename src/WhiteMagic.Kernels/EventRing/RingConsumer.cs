using System.Threading;

namespace WhiteMagic.Kernels.EventRing;

/// <summary>A consumer's place: who holds it, how far it has come, what it lost, and since when it waits for what.</summary>
internal readonly unsafe struct RingConsumer
{
    public const int MostConsumers = 32;

    private const int FirstOffset = 128;
    private const int Bytes = 64;

    // Handles are generation x 32 + place and stay positive; a place that was given back has an even word.
    private const int GenerationMask = (1 << 25) - 1;

    // Who has not polled for so long has died, or will be told NotFound and can subscribe again.
    private const long LeaseNs = 600_000_000_000;

    private const int HolderWord = 0;
    private const int DoneWord = 1;
    private const int LostWord = 2;
    private const int DeliveredWord = 3;
    private const int PolledWord = 4;
    private const int WaitingWord = 5;
    private const int SinceWord = 6;

    // SAFETY: the place is one of 32 that begin at 128 and end before the slots; null is only asked IsHeldBy.
    private readonly long* _place;
    private readonly int _index;

    public RingConsumer(byte* ring, int index)
    {
        _place = (long*)(ring + FirstOffset + (index * Bytes));
        _index = index;
    }

    /// <summary>The last sequence that was delivered or lost.</summary>
    public long Done => Volatile.Read(ref _place[DoneWord]);

    public long Lost => Volatile.Read(ref _place[LostWord]);

    public long Delivered => Volatile.Read(ref _place[DeliveredWord]);

    public bool IsTaken => (Holder & 1) != 0;

    public bool IsHeldBy(int handle) => _place != null && Holder == HolderOf(handle);

    /// <summary>Takes the place if it is free, or if its holder's lease is over.</summary>
    public bool TryTake(long nowNs, out int handle)
    {
        long holder = Holder;
        long generation = ((holder >> 1) + 1) & GenerationMask;
        handle = (int)(generation * MostConsumers) + _index;
        if ((holder & 1) != 0 && nowNs - Volatile.Read(ref _place[PolledWord]) <= LeaseNs)
        {
            return false;
        }

        // First the lease, so that no other takes the place for one whose lease is over.
        Volatile.Write(ref _place[PolledWord], nowNs);
        return Interlocked.CompareExchange(ref _place[HolderWord], HolderOf(handle), holder) == holder;
    }

    public bool TryRelease(int handle) =>
        Interlocked.CompareExchange(ref _place[HolderWord], HolderOf(handle) & ~1L, HolderOf(handle)) == HolderOf(handle);

    public void Start(long done)
    {
        Volatile.Write(ref _place[DoneWord], done);
        Volatile.Write(ref _place[LostWord], 0);
        Volatile.Write(ref _place[DeliveredWord], 0);
        Volatile.Write(ref _place[WaitingWord], 0);
    }

    public void Advance(long done, int delivered, long lost, long nowNs)
    {
        Volatile.Write(ref _place[PolledWord], nowNs);
        Volatile.Write(ref _place[DoneWord], done);
        Volatile.Write(ref _place[LostWord], Lost + lost);
        Volatile.Write(ref _place[DeliveredWord], Delivered + delivered);
    }

    /// <summary>Whether the consumer has waited so long for what follows <paramref name="done"/>; the first question starts the wait.</summary>
    public bool HasWaited(long done, long nowNs, long enoughNs)
    {
        long since = Volatile.Read(ref _place[SinceWord]);
        if (Volatile.Read(ref _place[WaitingWord]) == done + 1 && since <= nowNs)
        {
            return nowNs - since >= enoughNs;
        }

        Volatile.Write(ref _place[WaitingWord], done + 1);
        Volatile.Write(ref _place[SinceWord], nowNs);
        return false;
    }

    private long Holder => Volatile.Read(ref _place[HolderWord]);

    private static long HolderOf(int handle) => ((long)(handle / MostConsumers) << 1) | 1;
}
