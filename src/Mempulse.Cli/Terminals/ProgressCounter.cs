namespace Mempulse.Cli.Terminals;

/// <summary>Progress of a piece of work; written by the work, read by the display.</summary>
internal sealed class ProgressCounter
{
    private long _done;
    private long _total;

    /// <summary>Units done.</summary>
    public long Done
    {
        get => Volatile.Read(ref _done);
        set => Volatile.Write(ref _done, value);
    }

    /// <summary>Total units; 0 while unknown.</summary>
    public long Total
    {
        get => Volatile.Read(ref _total);
        set => Volatile.Write(ref _total, value);
    }

    /// <summary>A listener for work that reports progress in thousandths.</summary>
    public IProgress<int> Thousandths()
    {
        Total = 1000;
        return new Listener(this);
    }

    /// <summary>Used instead of <see cref="Progress{T}"/>, which would report late and out of order.</summary>
    private sealed class Listener(ProgressCounter counter) : IProgress<int>
    {
        public void Report(int value) => counter.Done = value;
    }
}
