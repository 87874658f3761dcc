namespace Mempulse.Cli.Terminals;

/// <summary>How far a piece of work is; written by the work, read by whoever draws it.</summary>
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

    /// <summary>Units in all; 0 while that is not known.</summary>
    public long Total
    {
        get => Volatile.Read(ref _total);
        set => Volatile.Write(ref _total, value);
    }

    /// <summary>A listener for work that tells how far it is in thousandths.</summary>
    public IProgress<int> Thousandths()
    {
        Total = 1000;
        return new Listener(this);
    }

    /// <summary>Not <see cref="Progress{T}"/>, which would report late and out of order.</summary>
    private sealed class Listener(ProgressCounter counter) : IProgress<int>
    {
        public void Report(int value) => counter.Done = value;
    }
}
