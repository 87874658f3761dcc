using Microsoft.Extensions.Options;

namespace Mempulse.Node.Starting;

/// <summary>Keeps the stack traces of expected failures of a start out of the log: the command reports each in one sentence.</summary>
/// <remarks>
/// Orleans logs such a failure at every stage of its lifecycle, and hosting once more. Entries without an exception, with any other exception,
/// from other categories, and after the start pass through. A silo that stops also complains about its own calls, which it cancels; one whose start failed
/// is disposed without a stop, while its timers run.
/// </remarks>
internal sealed class StartFailureFilter(ILoggerFactory inner, Lazy<IHostApplicationLifetime> lifetime) : ILoggerFactory
{
    private const string Orleans = "Orleans.";
    private const string Hosting = "Microsoft.Extensions.Hosting.";

    private volatile bool _hasFailed;

    /// <summary>Puts the filter in front of the host's logger factory.</summary>
    public static void Add(IServiceCollection services) => services.AddSingleton<ILoggerFactory>(provider => new StartFailureFilter(
        ActivatorUtilities.CreateInstance<LoggerFactory>(
            provider,
            provider.GetServices<ILoggerProvider>(),
            provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
            provider.GetRequiredService<IOptions<LoggerFactoryOptions>>()),
        new Lazy<IHostApplicationLifetime>(provider.GetRequiredService<IHostApplicationLifetime>)));

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        var logger = inner.CreateLogger(categoryName);
        return categoryName.StartsWith(Orleans, StringComparison.Ordinal) || categoryName.StartsWith(Hosting, StringComparison.Ordinal)
            ? new Filtered(logger, this)
            : logger;
    }

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private bool IsReportedByCommand(Exception failure)
    {
        bool isStarted = lifetime.Value.ApplicationStarted.IsCancellationRequested;
        bool isStopping = lifetime.Value.ApplicationStopping.IsCancellationRequested;
        if (!isStarted && ExpectedFailure.Find(failure) is not null)
        {
            _hasFailed = true;
            return true;
        }

        return (isStopping && ExpectedFailure.IsCancellation(failure))
            || (!isStarted && (isStopping || _hasFailed) && (failure is OrleansException or ObjectDisposedException));
    }

    private sealed class Filtered(ILogger logger, StartFailureFilter filter) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is null || !filter.IsReportedByCommand(exception))
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
