using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Tests;

/// <summary>Collects what a host logs.</summary>
internal sealed class LogEntries : ILoggerProvider
{
    public ConcurrentQueue<(LogLevel Level, string Category, string Text, Exception? Exception)> All { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Collector(categoryName, this);

    public void Dispose()
    {
    }

    private sealed class Collector(string category, LogEntries entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.All.Enqueue((logLevel, category, formatter(state, exception), exception));
    }
}
