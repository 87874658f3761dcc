namespace Mempulse.Net.Blocks;

/// <summary>Counts messages that could not be read, until they are recorded as one drop. Safe for any thread.</summary>
internal sealed class UnreadMessages
{
    private readonly Lock _gate = new();
    private long _count;
    private string _last = string.Empty;

    /// <summary>Adds a message.</summary>
    /// <param name="why">Why it cannot be read, as a sentence.</param>
    public void Add(string why)
    {
        lock (_gate)
        {
            _count++;
            _last = why;
        }
    }

    /// <summary>Returns the number of messages since the last call and the reason of the last one, as a sentence; null if there are none.</summary>
    public string? Take()
    {
        lock (_gate)
        {
            string? sentence = _count switch
            {
                0 => null,
                1 => $"1 message cannot be read: {_last}",
                _ => $"{_count} messages cannot be read; the last one: {_last}",
            };
            _count = 0;
            return sentence;
        }
    }
}
