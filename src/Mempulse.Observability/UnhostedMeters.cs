using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Mempulse.Observability;

/// <summary>Meters of a process without a host, such as the command line; a host has its own factory.</summary>
/// <remarks>Safe for any thread. The meters live as long as the process.</remarks>
public sealed class UnhostedMeters : IMeterFactory
{
    private readonly ConcurrentDictionary<string, Meter> _meters = new(StringComparer.Ordinal);

    private UnhostedMeters()
    {
    }

    /// <summary>The factory of the process.</summary>
    public static UnhostedMeters Shared { get; } = new();

    /// <inheritdoc/>
    public Meter Create(MeterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _meters.GetOrAdd(options.Name, static (_, asked) => new Meter(asked), options);
    }

    /// <summary>Does nothing: the factory is shared.</summary>
    public void Dispose()
    {
    }
}
