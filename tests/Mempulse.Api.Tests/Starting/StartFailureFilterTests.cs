using Mempulse.Node.Starting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Tests.Starting;

/// <summary>A failure that the command reports is not printed by the framework as well; anything else is.</summary>
public sealed class StartFailureFilterTests : IDisposable
{
    private const string Orleans = "Orleans.Runtime.Silo";

    private readonly LogEntries _entries = new();
    private readonly ILoggerFactory _inner;
    private readonly Lifetime _lifetime = new();
    private readonly StartFailureFilter _filter;

    public StartFailureFilterTests()
    {
        _inner = LoggerFactory.Create(logging => logging.AddProvider(_entries));
        _filter = new StartFailureFilter(_inner, new Lazy<IHostApplicationLifetime>(_lifetime));
    }

    [Theory]
    [InlineData(Orleans, false, false, typeof(IOException), false)]
    [InlineData("Microsoft.Extensions.Hosting.Internal.Host", false, false, typeof(IOException), false)]
    [InlineData("Mempulse.Grains.Logs.LogHost", false, false, typeof(IOException), true)] // our own say what only they know
    [InlineData(Orleans, true, false, typeof(IOException), true)] // it is not the start that failed
    [InlineData(Orleans, false, false, typeof(NotSupportedException), true)]
    [InlineData(Orleans, false, false, typeof(OperationCanceledException), true)]
    [InlineData(Orleans, false, true, typeof(OperationCanceledException), false)]
    [InlineData(Orleans, true, true, typeof(OperationCanceledException), false)]
    [InlineData(Orleans, false, true, typeof(ObjectDisposedException), false)]
    [InlineData(Orleans, true, true, typeof(ObjectDisposedException), true)]
    [InlineData(Orleans, false, false, typeof(ObjectDisposedException), true)]
    public void A_failure_is_printed_unless_the_command_reports_it(string category, bool isStarted, bool isStopping, Type failure, bool isPrinted)
    {
        _lifetime.Set(isStarted, isStopping);
        var exception = failure == typeof(ObjectDisposedException) ? new ObjectDisposedException("a part") : (Exception)Activator.CreateInstance(failure)!;

        _filter.CreateLogger(category).Log(LogLevel.Error, default, "It failed.", exception, static (text, _) => text);
        _filter.CreateLogger(category).Log(LogLevel.Error, default, "Without one.", null, static (text, _) => text);

        Assert.Equal(isPrinted, _entries.All.Any(entry => entry.Text == "It failed."));
        Assert.Contains(_entries.All, entry => entry.Text == "Without one.");
    }

    [Theory]
    [InlineData(typeof(IOException), false)]
    [InlineData(typeof(NotSupportedException), true)]
    public void A_silo_that_is_disposed_after_its_start_failed_complains_in_silence(Type failure, bool isPrinted)
    {
        var logger = _filter.CreateLogger(Orleans);
        logger.Log(LogLevel.Error, default, "It failed.", (Exception)Activator.CreateInstance(failure)!, static (text, _) => text);

        _filter.CreateLogger("Orleans.Grain.InvokeException").Log(LogLevel.Warning, default, "A timer ran.", new ObjectDisposedException("IServiceProvider"), static (text, _) => text);

        Assert.Equal(isPrinted, _entries.All.Any(static entry => entry.Text == "A timer ran."));
    }

    public void Dispose()
    {
        _filter.Dispose();
        _inner.Dispose();
        _entries.Dispose();
        _lifetime.Dispose();
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _started = new();
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => _started.Token;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Set(bool isStarted, bool isStopping)
        {
            Array.ForEach([.. isStarted ? [_started] : (CancellationTokenSource[])[], .. isStopping ? [_stopping] : (CancellationTokenSource[])[]], static source => source.Cancel());
        }

        public void StopApplication()
        {
        }

        public void Dispose()
        {
            _started.Dispose();
            _stopping.Dispose();
        }
    }
}
