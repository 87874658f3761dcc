using Mempulse.Canon;
using Mempulse.Canon.Fencing;
using Mempulse.Net.Playback;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Node.Starting;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Tests;

/// <summary>A start that fails for an expected reason leaves no stack traces in the log; a bug does.</summary>
public sealed class NodeStartTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("mempulse-").FullName;
    private readonly LogEntries _log = new();

    [Fact]
    public async Task A_log_that_another_process_writes_leaves_no_trace()
    {
        using var other = EventLog.Open(new EventLogOptions { Directory = Path.Combine(_data, "1"), Chain = new ChainId(1) });
        await using var node = Build(new Participant((_, _) => Task.CompletedTask));

        await Assert.ThrowsAsync<LogLockedException>(() => NodeStart.TryStartAsync(node));

        Assert.DoesNotContain(_log.All, entry => entry.Exception is not null);
    }

    [Fact]
    public async Task A_stop_during_the_start_is_not_a_failure_and_leaves_no_trace()
    {
        await using var node = Build(new Participant(async (lifetime, cancelled) =>
        {
            lifetime.StopApplication();
            await Task.Delay(Timeout.Infinite, cancelled);
        }));

        Assert.False(await NodeStart.TryStartAsync(node));

        Assert.DoesNotContain(_log.All, entry => entry.Exception is not null);
    }

    [Fact]
    public async Task A_bug_keeps_its_trace()
    {
        await using var node = Build(new Participant((_, _) => throw new NotSupportedException("a bug")));

        await Assert.ThrowsAsync<NotSupportedException>(() => NodeStart.TryStartAsync(node));

        Assert.Contains(_log.All, entry => entry.Level >= LogLevel.Error && entry.Exception is NotSupportedException);
    }

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private WebApplication Build(Participant participant)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services =>
        {
            participant.Lifetime = services.GetRequiredService<IHostApplicationLifetime>();
            return participant;
        });
        var options = new NodeOptions { Urls = ["http://127.0.0.1:0"] };
        return NodeHost.Build(builder, options, CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal), _data);
    }

    private sealed class Participant(Func<IHostApplicationLifetime, CancellationToken, Task> start) : ILifecycleParticipant<ISiloLifecycle>
    {
        public IHostApplicationLifetime? Lifetime { get; set; }

        public void Participate(ISiloLifecycle observer) =>
            observer.Subscribe("test", ServiceLifecycleStage.BecomeActive, cancelled => start(Lifetime!, cancelled), _ => Task.CompletedTask);
    }
}
