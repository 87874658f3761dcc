namespace Mempulse.Api.Serving;

/// <summary>Bytes that may be in memory at a time. Thread-safe.</summary>
internal sealed class ByteBudget(long capacityBytes)
{
    private long _takenBytes;

    /// <summary>Bytes taken and not returned.</summary>
    public long TakenBytes => Interlocked.Read(ref _takenBytes);

    /// <summary>Whether so many bytes are left at this moment.</summary>
    public bool HasLeft(long bytes) => TakenBytes + bytes <= capacityBytes;

    /// <summary>Takes bytes, or nothing when fewer are left. The caller returns what it took.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _takenBytes, bytes) <= capacityBytes)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    /// <summary>Returns bytes that were taken.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _takenBytes, -bytes);
}
