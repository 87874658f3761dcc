using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Tests.Worlds;

/// <summary>Collects what is logged, with its level.</summary>
internal sealed class LogLines : ILoggerFactory
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _all = [];

    public IReadOnlyList<(LogLevel Level, string Text)> All => [.. _all];

    /// <summary>The texts of a level, in order.</summary>
    public IReadOnlyList<string> Of(LogLevel level) => [.. _all.Where(line => line.Level == level).Select(line => line.Text)];

    public ILogger<T> For<T>() => new Logger<T>(this);

    public ILogger CreateLogger(string categoryName) => new Collector(_all);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Collector(ConcurrentQueue<(LogLevel Level, string Text)> all) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.Enqueue((logLevel, formatter(state, exception)));
    }
}
