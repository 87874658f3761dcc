namespace Mempulse.RelaySim.Faults;

/// <summary>Which request is answered how. Safe for any thread.</summary>
public sealed class FaultScript
{
    /// <summary>Most planned faults, inclusive.</summary>
    public const int MaxPlanned = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<RelayFault> _next = [];
    private RelayFault _otherwise;

    /// <summary>What happens when nothing is planned.</summary>
    public RelayFault Otherwise
    {
        get
        {
            lock (_lock)
            {
                return _otherwise;
            }
        }

        set
        {
            lock (_lock)
            {
                _otherwise = value;
            }
        }
    }

    /// <summary>Plans faults for the next requests, one each.</summary>
    /// <exception cref="InvalidOperationException">More than <see cref="MaxPlanned"/> are planned.</exception>
    public void Plan(params IReadOnlyList<RelayFault> faults)
    {
        lock (_lock)
        {
            if (_next.Count + faults.Count > MaxPlanned)
            {
                throw new InvalidOperationException($"Cannot plan more faults: {MaxPlanned} are the limit.");
            }

            foreach (var fault in faults)
            {
                _next.Enqueue(fault);
            }
        }
    }

    /// <summary>The fault of the next request.</summary>
    internal RelayFault Take()
    {
        lock (_lock)
        {
            return _next.TryDequeue(out var planned) ? planned : _otherwise;
        }
    }
}
