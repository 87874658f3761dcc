using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mempulse.AppHost.Tests;

/// <summary>Keeps what the host logs.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>The lines that begin with a text.</summary>
    public IEnumerable<string> Of(string start) => _lines.Where(line => line.StartsWith(start, StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Enqueue(formatter(state, exception));
}
