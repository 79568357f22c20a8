namespace WhiteMagic.Mcp;

/// <summary>
/// What an input stream may offer beside reading, so that the thread which works the requests can read them itself: to wait for a limited
/// time, and to be woken. One thread at a time waits or reads.
/// </summary>
public interface IWaitableInput
{
    /// <summary>
    /// Waits until a read would not block, since input is there or has ended; false when <paramref name="timeoutMs"/> have passed (negative:
    /// no limit) or <see cref="WakeUp"/> was called.
    /// </summary>
    bool WaitForInput(int timeoutMs);

    /// <summary>Ends the wait that is under way, or else the next one. Any thread may call it at any time; it must not block.</summary>
    void WakeUp();
}
